import { Injectable } from '@nestjs/common';
import type { HttpResult } from '../../platform/http/responses/http-result';
import { Database } from '../../platform/database';
import type { IdempotencyKey } from './idempotency-key';

/** The first request with a key, and its result. */
export interface EarlierRequest {
  readonly requestHash: string;
  readonly attempt: string;
  readonly operationId: string | null;
  /** Null if it depends on the outcome of the operation and no request has stored that. */
  readonly answer: HttpResult | null;
  readonly ageMs: number;
}

/** Rows that one statement of the sweep removes. */
const SWEEP = 1000;
/** A longer response counts as several keys. */
export const BYTES_OF_KEY = 8192;

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly database: Database) {}

  /** Undefined if the key is new or expired; an expired key is deleted. */
  async find(tenantId: string, key: string, retentionMs: number): Promise<EarlierRequest | undefined> {
    const [row] = await this.database.query<EarlierRequest>({
      name: 'idempotency_find',
      text: `
        WITH expired AS (
          DELETE FROM idempotency_keys
          WHERE tenant_id = $1 AND key = $2 AND created_at < now() - $3::bigint * interval '1 millisecond'
        )
        SELECT request_hash AS "requestHash", attempt, operation_id AS "operationId",
          CASE WHEN status IS NOT NULL THEN
            jsonb_build_object('status', status, 'headers', headers, 'body', body)
          END AS answer,
          (extract(epoch FROM now() - created_at) * 1000)::float8 AS "ageMs"
        FROM idempotency_keys
        -- Checks the age itself: if a concurrent duplicate deleted the row first, this snapshot still shows it.
        WHERE tenant_id = $1 AND key = $2 AND created_at >= now() - $3::bigint * interval '1 millisecond'`,
      values: [tenantId, key, retentionMs],
    });
    return row;
  }

  /** Stores the response of the request that made the change, even if there was nothing to change. */
  async answer(
    tenantId: string,
    { key, requestHash, attempt }: IdempotencyKey,
    answer: HttpResult,
  ): Promise<void> {
    await this.database.query({
      name: 'idempotency_answer',
      text: `
        INSERT INTO idempotency_keys (tenant_id, key, request_hash, attempt, status, headers, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (tenant_id, key) DO UPDATE SET status = $5, headers = $6, body = $7
        WHERE idempotency_keys.attempt = $4`,
      values: [
        tenantId,
        key,
        requestHash,
        attempt,
        answer.status,
        JSON.stringify(answer.headers),
        answer.body,
      ],
    });
  }

  /** Number of the tenant's keys, plus one for each `BYTES_OF_KEY` of a response. Reads at most `atMost` rows. */
  async count(
    tenantId: string,
    { atMost, retentionMs }: { readonly atMost: number; readonly retentionMs: number },
  ): Promise<number> {
    const { weight } = await this.database.one<{ weight: number }>({
      name: 'idempotency_count',
      text: `
        SELECT coalesce(sum(1 + coalesce(octet_length(body), 0) / ${BYTES_OF_KEY}), 0)::float8 AS weight
        FROM (
          SELECT body FROM idempotency_keys
          WHERE tenant_id = $1 AND created_at >= now() - $3::bigint * interval '1 millisecond' LIMIT $2
        ) keys`,
      values: [tenantId, atMost, retentionMs],
    });
    return weight;
  }

  /** Deletes a batch of expired keys and returns how many. Replicas can sweep concurrently. */
  async sweep(retentionMs: number): Promise<number> {
    const rows = await this.database.query({
      name: 'idempotency_sweep',
      text: `
        WITH old AS MATERIALIZED (
          SELECT tenant_id, key FROM idempotency_keys
          WHERE created_at < now() - $1::bigint * interval '1 millisecond'
          LIMIT ${SWEEP} FOR UPDATE SKIP LOCKED
        )
        DELETE FROM idempotency_keys k USING old WHERE k.tenant_id = old.tenant_id AND k.key = old.key
        RETURNING 1`,
      values: [retentionMs],
    });
    return rows.length;
  }
}
