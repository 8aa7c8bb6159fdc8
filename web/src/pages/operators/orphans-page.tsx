import type { ReactNode } from 'react';

export function OrphansPage(): ReactNode {
  return null;
}
