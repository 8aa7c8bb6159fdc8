import type { ResourceType } from './resource';

/** SQL expressions over the columns of `of`; most default to the column of the same name. */
interface EventColumns {
  /** A relation with `id`, `tenant_id` and the new `version` of each changed resource. */
  readonly of: string;
  readonly type: string;
  readonly from?: string | undefined;
  readonly to?: string;
  readonly reason?: string;
  readonly requestId?: string;
  readonly operationId?: string;
  readonly actor?: string;
  readonly where?: string;
  readonly resourceType?: ResourceType;
}

/** Inserts the event of each change; belongs into the statement that makes the changes. */
export function insertEvent({
  of,
  type,
  from = 'status',
  to = 'status',
  reason = 'NULL',
  requestId = 'request_id',
  operationId = 'operation_id',
  actor = 'actor',
  where = 'true',
  resourceType = 'instance',
}: EventColumns): string {
  return `
    INSERT INTO resource_events (resource_type, resource_id, version, tenant_id, type, from_status, to_status, reason,
      request_id, operation_id, actor)
    SELECT '${resourceType}', id, version, tenant_id, ${type}, ${from}, ${to}, ${reason},
      ${requestId}, ${operationId}, ${actor}
    FROM ${of} WHERE ${where}`;
}
