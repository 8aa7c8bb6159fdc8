import { Injectable } from '@nestjs/common';
import { firstIdOf } from '../../../platform/values/uuid';
import { Database } from '../../../platform/database';
import { CLAIM, claimValues, toClaim, type Claim, type ClaimOptions, type ClaimRow } from './claims';
import { LONGEST_DELAY_MS, type ClaimedOperation, type Failure, type Progress } from '../operation';
import { OperationLostError } from '../operation.errors';
import { isHeld, postpone } from './operation.sql';

export interface QueueStatistics {
  readonly pending: number;
  readonly running: number;
  /** How long the oldest due operation has been waiting for a worker, in seconds; 0 if none is. */
  readonly oldestDueSeconds: number;
}

export interface Postponement {
  readonly failure: Failure;
  readonly delayMs: number;
  /** Working time used up by the attempt and the delay. */
  readonly spentMs: number;
}

export interface CancelAcknowledgement {
  /** False if the operation was not cancelled while this worker held it: another worker has it, or it has ended. */
  readonly wasCancelled: boolean;
  /** Whether the deletion that superseded it became due. */
  readonly madeDue: boolean;
}

type Held = Pick<ClaimedOperation, 'id' | 'fence'>;

const SWEEP_BATCH = 1000;
const REQUEUE_BATCH = 1000;

/**
 * The operations table as a queue, across all tenants; for workers only.
 *
 * A pending operation is due when it is new or its back-off is over. When a worker's lease expires, its
 * operations become pending again; crash recovery needs nothing else.
 */
@Injectable()
export class OperationsQueue {
  constructor(private readonly database: Database) {}

  /** Claims due operations, fairly between tenants; no two workers get the same one. */
  async claim(options: ClaimOptions): Promise<Claim> {
    const values = claimValues(options);
    return toClaim(await this.database.query<ClaimRow>({ name: 'operations_claim', text: CLAIM, values }));
  }

  /**
   * Requeues operations whose lease has expired, with their full working time.
   * @returns how many.
   */
  async requeueExpired(): Promise<number> {
    const rows = await this.database.query({
      name: 'operations_requeue_expired',
      text: `
        WITH expired AS (
          SELECT id FROM resource_operations WHERE status = 'running' AND due_at <= now()
          ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
        )
        UPDATE resource_operations o SET status = 'pending', spent_ms = 0, lease_owner = NULL
        FROM expired WHERE o.id = expired.id RETURNING 1`,
      values: [REQUEUE_BATCH],
    });
    return rows.length;
  }

  /**
   * Repairs due times that became unreachable because the database clock was set back: pending operations that are
   * due later than any back-off or lease allows become due now, and running ones get one lease from now.
   */
  async repairDueTimes(leaseMs: number): Promise<void> {
    await this.database.query({
      name: 'operations_repair_due',
      text: `
        WITH unreachable AS MATERIALIZED (
          SELECT id FROM resource_operations
          WHERE status IN ('pending', 'running')
            AND due_at > now() + greatest($1::int, $2::int) * interval '1 millisecond' + interval '1 second'
          ORDER BY id FOR UPDATE
        )
        UPDATE resource_operations o SET due_at = CASE WHEN o.status = 'running'
          THEN now() + $1::int * interval '1 millisecond' ELSE now() END
        FROM unreachable WHERE o.id = unreachable.id AND o.status IN ('pending', 'running')`,
      values: [leaseMs, LONGEST_DELAY_MS],
    });
  }

  /** Extends the leases. Returns the ids of those extended; the worker must stop work on the others. */
  async renew(held: readonly Held[], leaseMs: number): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ id: string }>({
      name: 'operations_renew',
      text: `
        WITH ours AS MATERIALIZED (
          SELECT o.id FROM resource_operations o
            JOIN unnest($1::uuid[], $2::int[]) AS held(id, fence)
              ON o.id = held.id AND o.fence = held.fence AND o.status = 'running'
          ORDER BY o.id FOR UPDATE OF o
        )
        UPDATE resource_operations o SET due_at = now() + $3::int * interval '1 millisecond'
        FROM ours WHERE o.id = ours.id
        RETURNING o.id`,
      values: [held.map(({ id }) => id), held.map(({ fence }) => fence), leaseMs],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Records the progress of operations that this worker still holds; ignores the others. */
  async report(reports: readonly Progress[]): Promise<void> {
    await this.database.query({
      name: 'operations_report',
      text: `
        WITH ours AS MATERIALIZED (
          SELECT o.id, said.text FROM resource_operations o
            JOIN unnest($1::uuid[], $2::int[], $3::text[]) AS said(id, fence, text)
              ON o.id = said.id AND o.fence = said.fence AND o.status = 'running'
          ORDER BY o.id FOR UPDATE OF o
        )
        UPDATE resource_operations o SET progress = ours.text FROM ours WHERE o.id = ours.id`,
      values: [
        reports.map(({ id }) => id),
        reports.map(({ fence }) => fence),
        reports.map(({ text }) => text),
      ],
    });
  }

  /**
   * Adds to the arguments of the operation, so that a later attempt knows what this one has found or done.
   * @throws {OperationLostError} if this worker no longer holds it
   */
  async note<T extends Readonly<Record<string, unknown>>>({ id, fence }: Held, args: T): Promise<T> {
    const rows = await this.database.query({
      name: 'operations_note',
      text: `UPDATE resource_operations o SET args = o.args || $3::jsonb WHERE ${isHeld('$1', '$2')} RETURNING 1`,
      values: [id, fence, JSON.stringify(args)],
    });
    if (rows.length === 0) throw new OperationLostError();
    return args;
  }

  /** Requeues an unfinished operation, due at once; the attempt does not count. */
  async release({ id, fence }: Held): Promise<void> {
    await this.database.query({
      name: 'operations_release',
      text: `
        UPDATE resource_operations SET status = 'pending', due_at = now(), attempts = attempts - 1, lease_owner = NULL
        WHERE id = $1 AND fence = $2 AND status = 'running'`,
      values: [id, fence],
    });
  }

  /** Ends an operation whose instance no longer exists; false if this worker no longer holds it. */
  async end({ id, fence }: Held, status: 'succeeded' | 'cancelled'): Promise<boolean> {
    const rows = await this.database.query({
      name: 'operations_end',
      text: `
        UPDATE resource_operations SET status = $3, error = NULL, finished_at = now(), lease_owner = NULL
        WHERE id = $1 AND fence = $2 AND status = 'running' RETURNING 1`,
      values: [id, fence, status],
    });
    return rows.length > 0;
  }

  /** Requeues such an operation, due after a delay; false if this worker no longer holds it. */
  async requeue({ id, fence }: Held, { failure, delayMs, spentMs }: Postponement): Promise<boolean> {
    const rows = await this.database.query({
      name: 'operations_put_back',
      text: `
        UPDATE resource_operations o SET ${postpone('$3', '$4', '$5')}
        WHERE ${isHeld('$1', '$2')} RETURNING 1`,
      values: [id, fence, JSON.stringify(failure), delayMs, spentMs],
    });
    return rows.length > 0;
  }

  /**
   * Acknowledges that work on an operation that was cancelled under this worker has stopped. The deletion that
   * superseded it has waited for this and becomes due.
   */
  async acknowledgeCancel({ id, fence }: Held): Promise<CancelAcknowledgement> {
    return this.database.one<CancelAcknowledgement>({
      name: 'operations_let_go',
      text: `
        WITH freed AS (
          UPDATE resource_operations SET lease_owner = NULL
          WHERE id = $1 AND fence = $2 AND status = 'cancelled' AND lease_owner IS NOT NULL
          RETURNING resource_id
        ), due AS (
          UPDATE resource_operations o SET due_at = now() FROM freed
          WHERE o.resource_id = freed.resource_id AND o.status = 'pending' AND o.type IN ('delete', 'retain')
            AND NOT EXISTS (
              SELECT FROM resource_operations other
              WHERE other.resource_id = o.resource_id AND other.id <> $1
                AND other.status = 'cancelled' AND other.lease_owner IS NOT NULL AND other.due_at > now()
            )
          RETURNING o.id
        )
        SELECT EXISTS (SELECT FROM freed) AS "wasCancelled", EXISTS (SELECT FROM due) AS "madeDue"`,
      values: [id, fence],
    });
  }

  /** Ends all leases. Only for a process that is known to be alone on this database. */
  async endAllLeases(): Promise<void> {
    await this.database.query({
      name: 'operations_end_all_leases',
      text: `
        UPDATE resource_operations SET status = 'pending', due_at = now(), lease_owner = NULL,
          spent_ms = CASE WHEN status = 'running' THEN 0 ELSE spent_ms END
        WHERE status = 'running' OR status = 'pending' AND due_at > now()`,
      values: [],
    });
  }

  /** Returns those of the operations that have ended. */
  async finishedAmong(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'operations_finished',
      text: 'SELECT id FROM resource_operations WHERE id = ANY($1::uuid[]) AND finished_at IS NOT NULL',
      values: [ids],
    });
    return rows.map(({ id }) => id);
  }

  async statistics(): Promise<QueueStatistics> {
    return this.database.one<QueueStatistics>({
      name: 'operations_statistics',
      text: `
        SELECT (count(*) FILTER (WHERE status = 'pending'))::int AS pending,
          (count(*) FILTER (WHERE status = 'running'))::int AS running,
          coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE due_at <= now())), 0)::float8
            AS "oldestDueSeconds"
        FROM (
          SELECT status, due_at FROM resource_operations WHERE status = 'pending'
          UNION ALL SELECT status, due_at FROM resource_operations WHERE status = 'running'
        ) AS open`,
      values: [],
    });
  }

  /**
   * Removes one batch of operations that ended before the given time.
   * @returns how many.
   */
  async sweep(beforeUnixMs: number): Promise<number> {
    const { removed } = await this.database.one<{ removed: number }>({
      name: 'operations_sweep',
      text: `
        WITH old_operations AS (
          DELETE FROM resource_operations WHERE id IN (
            SELECT id FROM resource_operations WHERE id < $1 AND finished_at IS NOT NULL ORDER BY id LIMIT $2
          ) RETURNING 1
        )
        SELECT count(*)::int AS removed FROM old_operations`,
      values: [firstIdOf(beforeUnixMs), SWEEP_BATCH],
    });
    return removed;
  }
}
