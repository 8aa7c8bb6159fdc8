import { keyRecordParameter, recordKey } from '../../../access/idempotency';
import { insertOperation } from '../../operations';
import { insertEvent } from '../../resources';
import type { InstanceRef, NewOperation } from './change-request';

/** Parts of the statements that start an operation on an instance; their parameters are the `beginValues`. */

/** The instance, if it still has the version that the action was decided on. */
export const IS_AS_READ = 'id = $2 AND tenant_id = $1 AND version = $3';

/** SQL expressions over the columns of `moved`. */
interface Beginning {
  readonly type: string;
  readonly isBackground: string;
  readonly args?: string;
  readonly fromStatus?: string;
  readonly dueAt?: string;
}

/**
 * Operation, event and idempotency record of a change. `moved` has `id`, `tenant_id`, `version`, `status`, `document` and
 * `host_id` of the changed instance.
 */
export function begin({ type, isBackground, args, fromStatus, dueAt }: Beginning): string {
  return `
    operation AS (${insertOperation({
      of: 'moved',
      id: '$4',
      requestId: '$5',
      traceparent: '$6',
      actor: '$7',
      type,
      isBackground,
      args,
      dueAt,
    })}), event AS (${insertEvent({
      of: 'moved',
      type: `${type} || '.requested'`,
      operationId: '$4',
      requestId: '$5',
      actor: '$7',
      from: fromStatus,
    })}), key_record AS (${recordKey('moved', '$8::jsonb')})`;
}

/** $1 to $8. */
export function beginValues(tenantId: string, ref: InstanceRef, operation: NewOperation): readonly unknown[] {
  const { id, requestId, traceparent, actor, key } = operation;
  const keyRecord = keyRecordParameter(key, { operationId: id, resourceId: ref.id });
  return [tenantId, ref.id, ref.version, id, requestId, traceparent, actor, keyRecord];
}
