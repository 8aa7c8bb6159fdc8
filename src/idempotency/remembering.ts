import type { Answer } from '../common/http/answer';
import type { IdempotencyKey } from './idempotency-key';

/** Under this name stand the keys of operators, who act for no tenant; no tenant can have it. */
export const OPERATORS = '@operators';

/** What a change writes down beside itself for the request that asked for it. */
export interface Remembered {
  readonly key: IdempotencyKey | null;
  readonly operationId: string | null;
  /** Where the answer is known with the change: all of it but the entity tag and the body, which are the row's. */
  readonly answer?: Omit<Answer, 'body'> | undefined;
}

/** The value that `remembering` reads, of many in one parameter; null where there is no key. */
export function toRemembered({ key, operationId, answer }: Remembered): object | null {
  if (key === null) return null;
  return {
    key: key.key,
    request_hash: key.requestHash,
    attempt: key.attempt,
    operation_id: operationId,
    ...answer,
  };
}

/** The same as a parameter of its own. */
export function rememberedParameter(remembered: Remembered): string | null {
  const value = toRemembered(remembered);
  return value && JSON.stringify(value);
}

/**
 * The SQL that remembers a change, to stand in the same statement. The second request with the key
 * violates the primary key of the table, and with it the whole statement changes nothing.
 *
 * @param changed a relation with `tenant_id, id, version, document` of what was changed; a list has no version.
 * @param remembered an expression that gives what `toRemembered` gave.
 */
export function remembering(changed: string, remembered: string): string {
  return `
    INSERT INTO idempotency_keys
      (tenant_id, key, request_hash, attempt, instance_id, operation_id, status, headers, body)
    SELECT changed.tenant_id, given.key, request_hash, attempt, changed.id, operation_id, given.status,
      headers || jsonb_strip_nulls(jsonb_build_object('ETag', '"' || changed.version || '"')),
      CASE WHEN given.status IS NOT NULL THEN changed.document END
    FROM ${changed} changed, jsonb_to_record(${remembered}) AS given(
      key text, request_hash text, attempt uuid, operation_id uuid, status integer, headers jsonb
    )
    WHERE given.key IS NOT NULL
    ORDER BY changed.tenant_id, given.key`;
}
