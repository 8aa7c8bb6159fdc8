import type { ReactNode } from 'react';

export function TenantsPage(): ReactNode {
  return null;
}
