import { Injectable } from '@nestjs/common';
import { Batcher, Database } from '../../../platform/database';
import { EVENT_MEMBERS } from '../../events';
import { countPending, MAX_PENDING } from './pending.sql';

/** Events that one statement reads for a webhook. */
const BATCH = 500;
const SWEEP_BATCH = 1000;

export interface ClaimedDelivery {
  readonly webhookId: string;
  /** Number of the event; a bigint as text. */
  readonly seq: string;
  readonly claim: string;
  readonly id: string;
  readonly tenantId: string;
  /** Includes this attempt. */
  readonly attempts: number;
  readonly body: string;
  readonly url: string;
  readonly secret: string;
}

/** Number of deliveries of a webhook in progress, which may have been deleted since. */
export interface Busy {
  readonly webhookId: string;
  readonly tenantId: string;
  readonly count: number;
}

/** What to claim: of webhooks whose attempts are fast, or of the others. */
export interface ClaimRequest {
  readonly isSlow: boolean;
  /** Maximum number of deliveries. */
  readonly limit: number;
  /** Maximum number of concurrent deliveries of a tenant. */
  readonly ofTenant: number;
  /** Maximum number of concurrent deliveries of a webhook. */
  readonly ofWebhook: number;
  /** Deliveries in progress. */
  readonly busy: readonly Busy[];
  readonly leaseMs: number;
}

/** How an attempt ended. */
export interface Outcome {
  readonly delivery: ClaimedDelivery;
  /** `released` if it was not attempted to the end. */
  readonly result: 'succeeded' | 'failed' | 'dead' | 'released';
  readonly responseStatus: number | null;
  readonly error: string | null;
  /** Until the next attempt. */
  readonly delayMs: number;
  /** Whether the attempt failed or took long; null if unknown. */
  readonly isSlow: boolean | null;
  /** Why the webhook is to be disabled; null otherwise. */
  readonly disabledReason: string | null;
}

export interface DeliveryStatistics {
  readonly pending: number;
  /** Age of the oldest pending delivery in seconds; 0 if none is pending. */
  readonly oldestSeconds: number;
}

/** Deliveries of all tenants: from the events to their end. */
@Injectable()
export class DeliveryQueueRepository {
  private readonly settlements = new Batcher<Outcome, void>(
    (outcomes) => this.settleAll(outcomes),
    ({ delivery }) => delivery.webhookId,
    1,
  );

  constructor(private readonly database: Database) {}

  /** Tenants with enabled webhooks. */
  async tenants(): Promise<readonly string[]> {
    const rows = await this.database.query<{ tenantId: string }>({
      name: 'webhooks_tenants',
      text: 'SELECT DISTINCT tenant_id AS "tenantId" FROM webhooks WHERE enabled',
      values: [],
    });
    return rows.map(({ tenantId }) => tenantId);
  }

  /**
   * Queues the events that tenants' webhooks have not read, and moves their positions behind them: an event is queued
   * once for each webhook, even if the process crashes or replicas do this at the same time. Skips webhooks with too many
   * pending deliveries.
   *
   * The condition on `moves` skips a webhook that another replica moved since this statement began: this statement does
   * not see all events up to that position.
   * @returns the tenants that have more events.
   */
  async fanOut(tenantIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ tenantId: string }>({
      name: 'webhooks_fan_out',
      text: `
        WITH hook AS MATERIALIZED (
          SELECT w.id, w.tenant_id, w.types, w.created_at, w.since, coalesce(w.until, pg_current_snapshot()) AS until, w.seq,
            w.until IS NOT NULL AS is_rest
          FROM webhooks seen JOIN webhooks w ON w.id = seen.id AND w.moves = seen.moves, ${countPending('seen.id')}
          WHERE seen.tenant_id = ANY($1::text[]) AND seen.enabled AND w.enabled AND pending.count < ${MAX_PENDING}
          FOR UPDATE OF w SKIP LOCKED
        ), found AS MATERIALIZED (
          SELECT hook.id AS webhook_id, hook.tenant_id, hook.types, event.* FROM hook CROSS JOIN LATERAL (
            SELECT seq, resource_id, type,
              to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS timestamp,
              (SELECT to_json(members) FROM (SELECT ${EVENT_MEMBERS}) AS members) AS data
            FROM resource_events
            WHERE tenant_id = hook.tenant_id AND resource_type = 'instance' AND tx >= pg_snapshot_xmin(hook.since)
              AND NOT pg_visible_in_snapshot(tx, hook.since) AND pg_visible_in_snapshot(tx, hook.until)
              AND seq > hook.seq
            ORDER BY seq LIMIT ${BATCH}
          ) AS event
        ), read AS (
          SELECT webhook_id, max(seq) AS last, count(*) >= ${BATCH} AS is_part FROM found GROUP BY webhook_id
        ), moved AS (
          UPDATE webhooks w SET
            since = CASE WHEN read.is_part THEN hook.since ELSE hook.until END,
            until = CASE WHEN read.is_part THEN hook.until END,
            seq = CASE WHEN read.is_part THEN read.last ELSE 0 END,
            last_seq = greatest(w.last_seq, read.last),
            moves = w.moves + 1
          FROM hook LEFT JOIN read ON read.webhook_id = hook.id
          WHERE w.id = hook.id AND (hook.is_rest OR read.last IS NOT NULL)
          RETURNING w.tenant_id, hook.is_rest OR read.is_part AS has_more
        ), queued AS (
          INSERT INTO webhook_deliveries (webhook_id, seq, tenant_id, resource_id, type, body)
          SELECT webhook_id, seq, tenant_id, resource_id, type, (
            SELECT row_to_json(message)::text FROM (SELECT found.type, found.timestamp, found.data) AS message
          )
          FROM found WHERE types && ARRAY['*', type, split_part(type, '.', 1) || '.*']
          ON CONFLICT (webhook_id, seq) DO NOTHING
        )
        SELECT DISTINCT tenant_id AS "tenantId" FROM moved WHERE has_more`,
      values: [tenantIds],
    });
    return rows.map(({ tenantId }) => tenantId);
  }

  /**
   * Positions in the events of another server, from which this database was restored, mean nothing here. Continues after
   * the largest number that was read. Belongs after `EventRecords.takeIn`.
   */
  async takeIn(): Promise<void> {
    await this.database.query({
      name: 'webhooks_take_in',
      text: `
        UPDATE webhooks SET since = '3:3:', until = NULL, seq = last_seq, moves = moves + 1
        WHERE deleted_at IS NULL AND greatest(pg_snapshot_xmax(since), pg_snapshot_xmax(until))
          > pg_snapshot_xmax(pg_current_snapshot())`,
      values: [],
    });
  }

  /**
   * Claims due deliveries, in a random order of webhooks, so that all of them get their turn. Of each instance, claims
   * only the first pending event.
   */
  claim({
    isSlow,
    limit,
    ofTenant,
    ofWebhook,
    busy,
    leaseMs,
  }: ClaimRequest): Promise<readonly ClaimedDelivery[]> {
    return this.database.query<ClaimedDelivery>({
      name: 'webhooks_claim',
      text: `
        WITH busy AS MATERIALIZED (
          SELECT * FROM jsonb_to_recordset($4::jsonb) AS given("webhookId" uuid, "tenantId" text, count integer)
        ), of_tenant AS MATERIALIZED (
          SELECT "tenantId", sum(count)::int AS count FROM busy GROUP BY "tenantId"
        ), waiting AS MATERIALIZED (
          SELECT w.id, w.url, w.secret, $3::int - coalesce(busy.count, 0) AS room,
            $5::int - coalesce(of_tenant.count, 0) AS room_of_tenant,
            row_number() OVER (PARTITION BY w.tenant_id ORDER BY random()) - 1 AS before
          FROM webhooks w LEFT JOIN busy ON busy."webhookId" = w.id LEFT JOIN of_tenant ON of_tenant."tenantId" = w.tenant_id
          WHERE w.enabled AND w.is_slow = $1 AND coalesce(busy.count, 0) < $3
            AND EXISTS (SELECT FROM webhook_deliveries WHERE webhook_id = w.id AND status = 'pending')
        ), hook AS MATERIALIZED (
          -- As if each webhook of the tenant before this one took as much as it may.
          SELECT id, url, secret, least(room, room_of_tenant - before * $3) AS room
          FROM waiting WHERE room_of_tenant > before * $3 ORDER BY random()
        ), due AS MATERIALIZED (
          SELECT hook.url, hook.secret, delivery.* FROM hook CROSS JOIN LATERAL (
            SELECT d.webhook_id, d.seq FROM webhook_deliveries d
            WHERE d.webhook_id = hook.id AND d.status = 'pending' AND d.due_at <= now() AND d.seq = (
              -- Not NOT EXISTS: a join would read all pending deliveries of the webhook for each row.
              SELECT seq FROM webhook_deliveries
              WHERE webhook_id = d.webhook_id AND resource_id = d.resource_id AND status = 'pending'
              ORDER BY seq LIMIT 1
            )
            ORDER BY d.seq LIMIT hook.room FOR UPDATE SKIP LOCKED
          ) AS delivery
          LIMIT $2
        )
        UPDATE webhook_deliveries d SET claim = gen_random_uuid(), attempts = d.attempts + 1,
          due_at = now() + $6::int * interval '1 millisecond'
        FROM due WHERE d.webhook_id = due.webhook_id AND d.seq = due.seq
        RETURNING d.webhook_id AS "webhookId", d.seq::text, d.claim, d.id, d.tenant_id AS "tenantId", d.attempts,
          d.body, due.url, due.secret`,
      values: [isSlow, limit, ofWebhook, JSON.stringify(busy), ofTenant, leaseMs],
    });
  }

  /** Records how an attempt ended, unless its lease was lost. */
  settle(outcome: Outcome): Promise<void> {
    return this.settlements.submit(outcome);
  }

  private async settleAll(outcomes: readonly Outcome[]): Promise<readonly undefined[]> {
    const rows = outcomes.map(({ delivery, result, ...outcome }) => ({
      webhook_id: delivery.webhookId,
      seq: delivery.seq,
      claim: delivery.claim,
      status: result === 'succeeded' || result === 'dead' ? result : 'pending',
      undone: result === 'released' ? 1 : 0,
      response_status: outcome.responseStatus,
      error: outcome.error,
      delay_ms: outcome.delayMs,
      is_slow: outcome.isSlow,
      disabled_reason: outcome.disabledReason,
    }));
    await this.database.query({
      name: 'webhooks_settle',
      text: `
        WITH outcome AS MATERIALIZED (
          SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(
            webhook_id uuid, seq bigint, claim uuid, status text, undone integer, response_status integer, error text,
            delay_ms float8, is_slow boolean, disabled_reason text
          )
        ), settled AS (
          UPDATE webhook_deliveries d SET status = o.status, attempts = greatest(0, d.attempts - o.undone), claim = NULL,
            response_status = o.response_status, error = o.error, attempted_at = now(),
            due_at = now() + o.delay_ms * interval '1 millisecond'
          FROM outcome o WHERE d.webhook_id = o.webhook_id AND d.seq = o.seq AND d.claim = o.claim
          RETURNING d.webhook_id, o.is_slow, o.disabled_reason
        ), state AS (
          SELECT webhook_id, bool_and(is_slow) AS is_slow, max(disabled_reason) AS disabled_reason
          FROM settled GROUP BY webhook_id
        ), locked AS MATERIALIZED (
          -- In one order, so that replicas do not wait for each other.
          SELECT w.id, coalesce(state.is_slow, w.is_slow) AS is_slow, state.disabled_reason
          FROM webhooks w JOIN state ON state.webhook_id = w.id
          WHERE state.is_slow <> w.is_slow OR state.disabled_reason IS NOT NULL
          ORDER BY w.id FOR UPDATE OF w
        )
        UPDATE webhooks w SET is_slow = locked.is_slow,
          enabled = w.enabled AND locked.disabled_reason IS NULL,
          disabled_reason = CASE WHEN w.enabled THEN locked.disabled_reason ELSE w.disabled_reason END
        FROM locked WHERE w.id = locked.id`,
      values: [JSON.stringify(rows)],
    });
    return outcomes.map(() => undefined);
  }

  /** Of enabled webhooks. */
  statistics(): Promise<DeliveryStatistics> {
    return this.database.one<DeliveryStatistics>({
      name: 'webhooks_statistics',
      text: `
        SELECT coalesce(sum(pending.count), 0)::int AS pending,
          coalesce(extract(epoch FROM now() - min(oldest.created_at)), 0)::float8 AS "oldestSeconds"
        FROM webhooks w, ${countPending('w.id')}, LATERAL (
          SELECT created_at FROM webhook_deliveries WHERE webhook_id = w.id AND status = 'pending' ORDER BY seq LIMIT 1
        ) AS oldest
        WHERE w.enabled`,
      values: [],
    });
  }

  /** Removes a batch of ended deliveries from before a time, and of those of deleted webhooks; returns how many. */
  async sweep(beforeUnixMs: number): Promise<number> {
    const { removed } = await this.database.one<{ removed: number }>({
      name: 'webhooks_sweep',
      text: `
        WITH old AS MATERIALIZED (
          SELECT webhook_id, seq FROM webhook_deliveries
          WHERE created_at < to_timestamp($1::float8) AND status <> 'pending' LIMIT $2 FOR UPDATE SKIP LOCKED
        ), of_deleted AS MATERIALIZED (
          SELECT d.webhook_id, d.seq FROM webhooks w JOIN webhook_deliveries d ON d.webhook_id = w.id
          WHERE w.deleted_at IS NOT NULL LIMIT $2 FOR UPDATE OF d SKIP LOCKED
        ), gone AS (
          DELETE FROM webhook_deliveries d USING (TABLE old UNION TABLE of_deleted) AS removable
          WHERE d.webhook_id = removable.webhook_id AND d.seq = removable.seq RETURNING 1
        ), emptied AS (
          DELETE FROM webhooks w WHERE w.deleted_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM webhook_deliveries d WHERE d.webhook_id = w.id)
        )
        SELECT count(*)::int AS removed FROM gone`,
      values: [beforeUnixMs / 1000, SWEEP_BATCH],
    });
    return removed;
  }
}
