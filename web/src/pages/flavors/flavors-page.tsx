import type { ReactNode } from 'react';

export function FlavorsPage(): ReactNode {
  return null;
}
