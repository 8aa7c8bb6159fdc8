import type { ReactNode } from 'react';

export function QuotasPage(): ReactNode {
  return null;
}
