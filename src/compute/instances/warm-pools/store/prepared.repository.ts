import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database';
import { HOLD_LEASE, RELEASE_LEASE } from '../../../../platform/leases/lease.sql';
import type { InstanceStatus } from '../../instance';
import { IS_PREPARED } from './prepared.sql';
import type { PoolKind } from '../warm-pool';

const LEASE = 'warm-pools';
/** More than pools can have, and so all there are unless something is wrong. */
const LIMIT = 2000;

/** An instance that is being prepared, is ready, or is to be replaced. */
export interface Prepared extends PoolKind {
  readonly id: string;
  readonly version: number;
  /** Name of the pool. */
  readonly name: string;
  readonly driver: string;
  readonly status: InstanceStatus;
  readonly statusReason: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Since its last change. */
  readonly idleSeconds: number;
}

/** The instances of pools, and the right to prepare them, which one replica at a time has. */
@Injectable()
export class PreparedRepository {
  constructor(private readonly database: Database) {}

  /** Without those that are being deleted, oldest first. */
  list(): Promise<readonly Prepared[]> {
    return this.database.query<Prepared>({
      name: 'warm_pool_prepared',
      text: `
        SELECT id, version, name, flavor, image_id AS "imageId", type, driver, status, status_reason AS "statusReason",
          extract(epoch FROM created_at)::float8 * 1000 AS "createdAt",
          extract(epoch FROM now() - updated_at)::float8 AS "idleSeconds"
        FROM instances i
        WHERE ${IS_PREPARED}
        ORDER BY id LIMIT ${LIMIT}`,
      values: [],
    });
  }

  /** Acquires or renews the lease; false if another replica has it. */
  async hold(owner: string, leaseMs: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'warm_pool_hold',
      text: HOLD_LEASE,
      values: [LEASE, owner, leaseMs],
    });
    return rows.length > 0;
  }

  async release(owner: string): Promise<void> {
    await this.database.query({
      name: 'warm_pool_release',
      text: RELEASE_LEASE,
      values: [LEASE, owner],
    });
  }
}
