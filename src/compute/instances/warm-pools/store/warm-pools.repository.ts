import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database';
import { WARM_POOLS } from '../../../../platform/values/tenant';
import type { PoolRequest, PoolState, WarmPool } from '../warm-pool';
import { IS_PREPARED } from './prepared.sql';

const COLUMNS = `
  p.name, p.flavor, p.image_id AS "imageId", p.type, p.size, p.failures, p.last_error AS "lastError",
  floor(extract(epoch FROM p.failed_at) * 1000)::float8 AS "failedAt",
  coalesce(p.retry_at > now(), false) AS "isWaiting",
  floor(extract(epoch FROM p.created_at))::float8 AS "createdAt",
  floor(extract(epoch FROM p.updated_at))::float8 AS "updatedAt"`;

const WITH_COUNTS = `
  SELECT ${COLUMNS}, counts.ready, counts.preparing FROM warm_pools p CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE i.status = 'running')::int AS ready,
      count(*) FILTER (WHERE i.status = 'creating')::int AS preparing
    FROM instances i
    WHERE ${IS_PREPARED} AND i.name = p.name AND i.flavor = p.flavor AND i.image_id = p.image_id AND i.type = p.type
  ) counts`;

/** A failure after another one waits twice as long, up to five minutes. */
const RETRY_AT = `now() + least(300, 2 ^ least(failures + 1, 9)) * interval '1 second'`;

/** How many instances pools may have. */
export interface PoolLimit {
  /** Of all other pools together. */
  readonly used: number;
  readonly isWithin: boolean;
}

/** The pools as operators set them, and how their preparations went. */
@Injectable()
export class WarmPoolsRepository {
  constructor(private readonly database: Database) {}

  list(): Promise<readonly WarmPool[]> {
    return this.database.query<WarmPool>({
      name: 'warm_pools',
      text: `SELECT ${COLUMNS} FROM warm_pools p ORDER BY p.name`,
      values: [],
    });
  }

  states(): Promise<readonly PoolState[]> {
    return this.database.query<PoolState>({
      name: 'warm_pool_states',
      text: `${WITH_COUNTS} ORDER BY p.name`,
      values: [],
    });
  }

  async state(name: string): Promise<PoolState | undefined> {
    const [pool] = await this.database.query<PoolState>({
      name: 'warm_pool_state',
      text: `${WITH_COUNTS} WHERE p.name = $1`,
      values: [name],
    });
    return pool;
  }

  /** Sets the pool, unless all pools together would then be larger than `limit`. The quotas of tenants do not apply to them. */
  async set(name: string, { flavor, imageId, type, size }: PoolRequest, limit: number): Promise<PoolLimit> {
    const [row] = await this.database.query<PoolLimit>({
      name: 'warm_pool_set',
      text: `
        WITH others AS MATERIALIZED (
          SELECT lock_and_sum_warm_pools($1) AS used
        ), written AS (
          INSERT INTO warm_pools AS p (name, flavor, image_id, type, size)
          SELECT $1, $2, $3, $4, $5::integer FROM others WHERE others.used + $5::integer <= $6::integer
          ON CONFLICT (name) DO UPDATE
          SET flavor = excluded.flavor, image_id = excluded.image_id, type = excluded.type, size = excluded.size,
            failures = 0, failed_at = NULL, last_error = NULL, retry_at = NULL, updated_at = now()
          RETURNING 1
        ), unlimited AS (
          INSERT INTO quotas (tenant_id, instances, vcpus, ram_gb, disk_gb, gpus)
          SELECT '${WARM_POOLS}', -1, -1, -1, -1, -1 FROM written
          ON CONFLICT DO NOTHING
        )
        SELECT used::int AS used, EXISTS (SELECT FROM written) AS "isWithin" FROM others`,
      values: [name, flavor, imageId, type, size, limit],
    });
    if (!row) throw new Error('the statement returned nothing');
    return row;
  }

  /** False if there is none. */
  async remove(name: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'warm_pool_remove',
      text: 'DELETE FROM warm_pools WHERE name = $1 RETURNING 1',
      values: [name],
    });
    return rows.length > 0;
  }

  /** The next preparation waits. */
  async failed(name: string, reason: string): Promise<void> {
    await this.database.query({
      name: 'warm_pool_failed',
      text: `
        UPDATE warm_pools
        SET failures = failures + 1, failed_at = now(), last_error = $2, retry_at = ${RETRY_AT} WHERE name = $1`,
      values: [name, reason],
    });
  }

  /** A preparation has succeeded since the last failure. */
  async recovered(name: string): Promise<void> {
    await this.database.query({
      name: 'warm_pool_recovered',
      text: `
        UPDATE warm_pools SET failures = 0, failed_at = NULL, last_error = NULL, retry_at = NULL WHERE name = $1`,
      values: [name],
    });
  }
}
