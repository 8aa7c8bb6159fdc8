import type { Snapshot } from 'uim-compute-client';

/** Which dialog is open, for which snapshot. */
export interface SnapshotDialog {
  readonly kind: 'restore' | 'publish' | 'edit' | 'delete';
  readonly snapshot: Snapshot;
}

export interface SnapshotDialogProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}
