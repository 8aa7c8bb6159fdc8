import type { ReactNode } from 'react';

export function SnapshotsPage(): ReactNode {
  return null;
}
