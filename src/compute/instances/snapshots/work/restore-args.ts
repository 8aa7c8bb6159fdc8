import type { ClaimedOperation } from '../../../operations';

/** Steps of a restore that are stored when they are done, in this order. */
const STEPS = ['stopped', 'restored'] as const;
export type RestoreStep = (typeof STEPS)[number];

/** The arguments of a restore. */
export interface RestoreArgs {
  readonly snapshotId: string;
  /** Whether the guest goes on from the memory in the snapshot. */
  readonly resume: boolean;
  /** Whether the instance runs afterwards. */
  readonly isOn: boolean;
}

/** The snapshot that an operation takes or uses; undefined if there is none. */
export function snapshotIdOf({ args }: Pick<ClaimedOperation, 'args'>): string | undefined {
  const { snapshotId } = args;
  return typeof snapshotId === 'string' ? snapshotId : undefined;
}

/**
 * `step`: the last one that is done; undefined before the first.
 * @throws if the operation has no such arguments.
 */
export function restoreArgsOf(
  operation: Pick<ClaimedOperation, 'id' | 'args'>,
): RestoreArgs & { readonly step: RestoreStep | undefined } {
  const { resume, isOn, step } = operation.args;
  const snapshotId = snapshotIdOf(operation);
  if (snapshotId === undefined) throw new Error(`operation ${operation.id} has no snapshot`);
  return {
    snapshotId,
    resume: resume === true,
    isOn: isOn === true,
    step: STEPS.find((each) => each === step),
  };
}
