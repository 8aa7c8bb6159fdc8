import type { ReactNode } from 'react';

export function WebhooksPage(): ReactNode {
  return null;
}
