import type { ReactNode } from 'react';

export function OperatorsPage(): ReactNode {
  return null;
}
