/** What the form begins with: a link of a snapshot or an image sets one of them. */
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
