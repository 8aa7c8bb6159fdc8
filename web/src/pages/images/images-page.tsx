import type { ReactNode } from 'react';

export function ImagesPage(): ReactNode {
  return null;
}
