/** Every change of an instance sets these, in the statement that also writes its event. */
export const NEXT_VERSION = 'version = version + 1, updated_at = now()';

/** The host of the instance `i`. Those of the previous version have none: they are on the first host of their backend. */
export const HOST_OF_I = 'coalesce(i.host_id, i.driver)';
