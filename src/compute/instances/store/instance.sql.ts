/** Every change of an instance sets these, in the statement that also writes its event. */
export const NEXT_VERSION = 'version = version + 1, updated_at = now()';

/** A request decides about the instance: a restart that waits is cancelled, and earlier ones do not count. */
export const NO_RESTART = 'ended_at = NULL, restart_at = NULL, restarts = 0';
