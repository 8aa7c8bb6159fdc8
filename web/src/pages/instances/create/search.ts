/** Initial values of the form; links of snapshots and images set one of them. */
export interface CreateSearch {
  readonly sourceSnapshotId?: string;
  readonly imageId?: string;
}

export function parseCreateSearch(input: Record<string, unknown>): CreateSearch {
  const { sourceSnapshotId, imageId } = input;
  return {
    ...(typeof sourceSnapshotId === 'string' && { sourceSnapshotId }),
    ...(typeof imageId === 'string' && { imageId }),
  };
}
