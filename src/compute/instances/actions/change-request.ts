import type { IdempotencyKey } from '../../../access/idempotency';
import type { Caller } from '../../../access/tenancy';
import { newId } from '../../../platform/values/uuid';
import type { NewOperation } from './actions.repository';
import type { Action } from './transitions';
import type { Precondition } from '../../../platform/values/precondition';

/** A request to change an instance. */
export interface ChangeRequest {
  readonly caller: Caller;
  /** Null if not given. */
  readonly key: IdempotencyKey | null;
  /** How long to wait for the outcome (`Prefer: wait`); null if not given. */
  readonly waitMs: number | null;
  /** Preconditions on the version of the instance; checked by `InstanceActions.state`. */
  readonly precondition: Precondition;
  /** Whether only to report what would happen. */
  readonly isDryRun: boolean;
}

export function newOperation<T extends Action>(
  type: T,
  { caller, key }: Pick<ChangeRequest, 'caller' | 'key'>,
): NewOperation & { readonly type: T } {
  const { requestId, traceparent, actor } = caller;
  return { id: newId(), type, requestId, traceparent, actor, key };
}
