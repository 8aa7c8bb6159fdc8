import type { IdempotencyKey, Made } from './idempotency-key';

/** Tenant id for the keys of operators, who act for no tenant; no tenant can have this id. */
export const OPERATORS = '@operators';

const NOTHING: Made = { operationId: null, resourceId: null };

/**
 * The idempotency record that a change writes in its own statement: input for `recordKey` as a member of a larger
 * parameter; null without a key.
 */
export function toKeyRecord(key: IdempotencyKey | null, made: Made = NOTHING): object | null {
  if (key === null) return null;
  return {
    key: key.key,
    request_hash: key.requestHash,
    attempt: key.attempt,
    operation_id: made.operationId,
    ...key.headOf?.(made),
  };
}

/** The same as a separate parameter. */
export function keyRecordParameter(key: IdempotencyKey | null, made?: Made): string | null {
  const value = toKeyRecord(key, made);
  return value && JSON.stringify(value);
}

/**
 * SQL that inserts the idempotency record, for use in the statement of the change. A second request with the key
 * violates the primary key of the table, so its whole statement changes nothing.
 *
 * The column `instance_id` is for replicas of the previous version; the operation knows its resource.
 *
 * @param changed a relation with the columns `tenant_id, id, version, document`; for a list, `version` is null.
 * @param keyRecord an expression with the result of `toKeyRecord`.
 */
export function recordKey(changed: string, keyRecord: string): string {
  return `
    INSERT INTO idempotency_keys
      (tenant_id, key, request_hash, attempt, instance_id, operation_id, status, headers, body)
    SELECT changed.tenant_id, given.key, request_hash, attempt, changed.id, operation_id, given.status,
      headers || jsonb_strip_nulls(jsonb_build_object('ETag', '"' || changed.version || '"')),
      CASE WHEN given.status IS NOT NULL THEN changed.document END
    FROM ${changed} changed, jsonb_to_record(${keyRecord}) AS given(
      key text, request_hash text, attempt uuid, operation_id uuid, status integer, headers jsonb
    )
    WHERE given.key IS NOT NULL
    ORDER BY changed.tenant_id, given.key`;
}
