import type { IdempotencyKey } from '../../../access/idempotency';
import type { Caller } from '../../../access/tenancy';
import { newId } from '../../../platform/values/uuid';
import type { OperationType } from '../../operations';
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

export interface NewOperation {
  readonly id: string;
  readonly type: OperationType;
  readonly requestId: string;
  readonly traceparent: string | null;
  /** Who requested it. */
  readonly actor: string;
  /** Null if the request has no key. */
  readonly key: IdempotencyKey | null;
}

/** The version that an action was decided on; the write requires that it is still current. */
export interface InstanceRef {
  readonly id: string;
  readonly version: number;
}

/** A change that the service makes by itself, for the tenant; `actor` begins with `system:`. */
export function systemChange(tenantId: string, actor: string): ChangeRequest {
  return {
    caller: { tenantId, actor, isOperator: false, requestId: newId(), traceparent: null },
    ...{ key: null, waitMs: null, isDryRun: false },
    precondition: { accepted: null, excluded: [] },
  };
}

export function newOperation<T extends OperationType>(
  type: T,
  { caller, key }: Pick<ChangeRequest, 'caller' | 'key'>,
): NewOperation & { readonly type: T } {
  const { requestId, traceparent, actor } = caller;
  return { id: newId(), type, requestId, traceparent, actor, key };
}
