import type { ClaimedOperation } from '../../operations';

/** The arguments of a rebuild. */
export interface RebuildArgs {
  readonly imageId: string;
  /** The snapshot that it is rebuilt from, instead of its image. */
  readonly snapshotId?: string;
  /** Absent keeps the user data, null removes it. */
  readonly userData?: string | null;
  /** Whether the instance runs afterwards. */
  readonly isOn: boolean;
}

/**
 * `isRemoved`: the instance has been removed from its engine, so what the engine has is the new one.
 * @throws if the operation has no such arguments.
 */
export function rebuildArgsOf({
  id,
  args,
}: Pick<ClaimedOperation, 'id' | 'args'>): RebuildArgs & { readonly isRemoved: boolean } {
  const { imageId, snapshotId, userData, isOn, replacedImageId } = args;
  if (typeof imageId !== 'string') throw new Error(`operation ${id} has no image`);
  return {
    imageId,
    ...(typeof snapshotId === 'string' && { snapshotId }),
    ...((userData === null || typeof userData === 'string') && { userData }),
    isOn: isOn === true,
    isRemoved: replacedImageId !== undefined,
  };
}
