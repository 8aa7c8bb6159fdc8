import type { ReactNode } from 'react';

export function ConsoleWindow(): ReactNode {
  return null;
}
