import { DELETED } from '../instance';

/** Every change of an instance sets these, in the statement that also writes its event. */
export const NEXT_VERSION = 'version = version + 1, updated_at = now()';

/** Not a deleted instance that is retained. */
export const IS_NOT_DELETED = `status <> '${DELETED}'`;

/** `Retention` of a deleted instance. */
export const RETENTION_JSON = `(
  SELECT row_to_json(retention) FROM (
    SELECT floor(extract(epoch FROM deleted_at))::bigint AS "deletedAt",
      floor(extract(epoch FROM purge_at))::bigint AS "purgeAt"
  ) AS retention
)`;

/** A request decides about the instance: a restart that waits is cancelled, and earlier ones do not count. */
export const NO_RESTART = 'ended_at = NULL, restart_at = NULL, restarts = 0';
