import { wholeNumber } from '../arguments';

/** What instances use of quotas. */
export const RESOURCES = ['instances', 'vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
/** What quotas limit. */
export const LIMITED = [...RESOURCES, 'snapshots', 'snapshotGB'] as const;
export const TYPES = ['vm', 'container'] as const;
export const WAIT_SECONDS = 300;

/** For `--timeout`. */
export const seconds = wholeNumber(1, 86_400);
