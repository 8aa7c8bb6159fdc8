import type { ResourceType } from '../../resources';
import { traitsOf, type OperationType } from '../operation-types';

/** SQL for statements that change operations together with the resource that they are about. */

/** SQL expressions over the columns of `of`. */
interface OperationColumns {
  /** A relation with `id`, `tenant_id` and `host_id` of each resource. */
  readonly of: string;
  readonly id: string;
  readonly type: string;
  readonly isBackground: string;
  readonly args?: string | undefined;
  readonly requestId?: string;
  readonly traceparent?: string;
  readonly actor?: string;
  readonly dueAt?: string | undefined;
  readonly where?: string;
  readonly resourceType?: ResourceType;
}

/** Inserts a pending operation for each row. */
export function insertOperation({
  of,
  id,
  type,
  isBackground,
  args = `'{}'`,
  requestId = 'request_id',
  traceparent = 'traceparent',
  actor = 'actor',
  dueAt = 'now()',
  where = 'true',
  resourceType = 'instance',
}: OperationColumns): string {
  return `
    INSERT INTO resource_operations (id, tenant_id, resource_type, resource_id, type, args, is_background, status,
      request_id, traceparent, actor, host_id, due_at)
    SELECT ${id}, tenant_id, '${resourceType}', id, ${type}, ${args}, ${isBackground}, 'pending',
      ${requestId}, ${traceparent}, ${actor}, host_id, ${dueAt}
    FROM ${of} WHERE ${where}`;
}

/** `type` and `isBackground` of `insertOperation` for a fixed type. */
export function ofType(type: OperationType): Pick<OperationColumns, 'type' | 'isBackground'> {
  return { type: `'${type}'`, isBackground: String(traitsOf(type).isBackground) };
}

/** Whether the operation `o` is the one that its resource waits for; cleanups run independently. */
export const IS_OPEN = `o.status IN ('pending', 'running') AND o.type <> 'cleanup'`;

/** Whether a resource, given by SQL of its id, has an open operation. */
export const hasOpenOperation = (id: string): string =>
  `EXISTS (SELECT FROM resource_operations o WHERE o.resource_id = ${id} AND ${IS_OPEN})`;

/** SQL of the id of an open operation of an instance that uses the snapshot, given by SQL of its id; null if there is none. */
export const userOfSnapshot = (id: string): string => `(
  SELECT o.id FROM resource_operations o
  WHERE o.args ->> 'snapshotId' = ${id}::text AND o.args ? 'snapshotId' AND o.status IN ('pending', 'running') LIMIT 1
)`;

/** Whether the worker with the fencing token still holds the operation `o`. */
export const isHeld = (id: string, fence: string): string =>
  `o.id = ${id} AND o.fence = ${fence} AND o.status = 'running'`;

/** Arguments that may contain secrets are not kept with the history. */
export const FORGET_SECRETS = `args = o.args - 'userData'`;

const ENDED = `finished_at = now(), lease_owner = NULL, ${FORGET_SECRETS}`;

/** Of the operation `o`. */
export const END_SUCCEEDED = `status = 'succeeded', error = NULL, ${ENDED}`;

/** Of the operation `o`. */
export const endFailed = (error: string): string => `status = 'failed', error = ${error}, ${ENDED}`;

/** Makes the operation pending again, due after `delayMs`. */
export const postpone = (error: string, delayMs: string, spentMs: string): string => `
  status = 'pending', error = ${error}, lease_owner = NULL,
  due_at = now() + ${delayMs}::int * interval '1 millisecond', spent_ms = spent_ms + ${spentMs}::int`;
