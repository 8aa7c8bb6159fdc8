import { wholeNumber } from '../arguments';

/** What quotas limit. */
export const RESOURCES = ['instances', 'vcpus', 'ramGB', 'diskGB', 'gpus'] as const;
export const TYPES = ['vm', 'container'] as const;
export const WAIT_SECONDS = 300;

/** For `--timeout`. */
export const seconds = wholeNumber(1, 86_400);
