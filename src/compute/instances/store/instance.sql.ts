/** Every change of an instance sets these, in the statement that also writes its event. */
export const NEXT_VERSION = 'version = version + 1, updated_at = now()';
