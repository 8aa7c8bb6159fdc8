import { only } from './given';
import type { InstanceChangeOptions } from './types';

interface Changing {
  readonly params: {
    readonly path: { readonly id: string };
    readonly header: { readonly 'Idempotency-Key'?: string; readonly 'If-Match'?: string };
  };
  readonly signal?: AbortSignal;
}

/** Parameters of a change of one instance or snapshot. */
export function changing(id: string, { idempotencyKey, ifVersion, signal }: InstanceChangeOptions): Changing {
  const header = {
    ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
    ...(ifVersion !== undefined && { 'If-Match': `"${ifVersion}"` }),
  };
  return { params: { path: { id }, header }, ...only({ signal }) };
}
