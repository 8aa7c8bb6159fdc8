import { Injectable } from '@nestjs/common';
import { keyRecordParameter, recordKey } from '../../../../access/idempotency';
import { Database, type Statement } from '../../../../platform/database';
import { insertEvent, ResourceSignals } from '../../../resources';
import type { ChangeRequest } from '../../actions/change-request';
import { IS_NOT_DELETED, NEXT_VERSION } from '../../store/instance.sql';
import type { Recurrence } from './cron';
import type { ScheduleRequest, SnapshotSchedule } from './schedule';

/** A schedule that is due, claimed by this replica for a while. */
export interface DueSchedule extends Recurrence {
  readonly instanceId: string;
  readonly tenantId: string;
  readonly dueAt: Date;
}

export type ScheduleChange = Pick<ChangeRequest, 'caller' | 'precondition' | 'key'>;

/** What a change of a schedule found and did. */
export interface ChangedSchedule {
  /** The version that the instance had. */
  readonly versionBefore: number;
  /** The new version of the instance; null if nothing was changed. */
  readonly version: number | null;
  /** The schedule as JSON text; null if it was removed, or nothing was changed. */
  readonly document: string | null;
}

/** How long a replica has for the schedules that it claims at once. */
const CLAIM = `interval '1 minute'`;

const COLUMNS = `
  instance_id AS "instanceId", cron, time_zone AS "timeZone",
  jsonb_build_object('last', keep_last, 'daily', keep_daily, 'weekly', keep_weekly) AS keep,
  floor(extract(epoch FROM next_at))::float8 AS "nextAt", floor(extract(epoch FROM last_at))::float8 AS "lastAt",
  last_error AS "lastError", floor(extract(epoch FROM created_at))::float8 AS "createdAt",
  floor(extract(epoch FROM updated_at))::float8 AS "updatedAt"`;

/** The schedule of the row `c` as JSON text. */
const DOCUMENT = `(SELECT row_to_json(shown)::text FROM (SELECT ${COLUMNS}) AS shown)`;

/**
 * $1 tenant, $2 instance, $3 and $4 accepted and excluded versions, $5 request, $6 actor, $7 key record. The instance
 * gets a new version, which its event is about.
 */
const change = (type: string, write: string, changed: string): string => `
  WITH old AS (
    SELECT i.id, i.version AS before, c.instance_id IS NOT NULL AS is_set FROM instances i LEFT JOIN snapshot_schedules c ON c.instance_id = i.id
    WHERE i.tenant_id = $1 AND i.id = $2 AND ${IS_NOT_DELETED} FOR UPDATE OF i
  ), changed AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM old
    WHERE i.id = old.id AND ($3::int[] IS NULL OR i.version = ANY($3)) AND i.version <> ALL($4::int[]) ${changed}
    RETURNING i.id, i.tenant_id, i.version, i.status
  ), event AS (${insertEvent({ of: 'changed', type: `'${type}'`, requestId: '$5', operationId: 'NULL', actor: '$6' })}
  ), written AS (${write}
  ), answered AS (
    SELECT changed.id, tenant_id, changed.version, document FROM changed JOIN written ON written.instance_id = changed.id
  ), key_record AS (${recordKey('answered', '$7::jsonb')})
  SELECT before AS "versionBefore", version, document
  FROM old LEFT JOIN answered ON true`;

/** $8 schedule, $9 when it is due first. */
const SET = change(
  'snapshot_schedule.set',
  `
    INSERT INTO snapshot_schedules AS c
      (instance_id, tenant_id, cron, time_zone, keep_last, keep_daily, keep_weekly, next_at)
    SELECT changed.id, changed.tenant_id, given.cron, given."timeZone", (given.keep ->> 'last')::integer,
      (given.keep ->> 'daily')::integer, (given.keep ->> 'weekly')::integer, $9::timestamptz
    FROM changed, jsonb_to_record($8::jsonb) AS given(cron text, "timeZone" text, keep jsonb)
    ON CONFLICT (instance_id) DO UPDATE
    SET cron = excluded.cron, time_zone = excluded.time_zone, keep_last = excluded.keep_last,
      keep_daily = excluded.keep_daily, keep_weekly = excluded.keep_weekly, next_at = excluded.next_at,
      claimed_until = NULL, last_error = NULL, updated_at = now()
    RETURNING c.instance_id, ${DOCUMENT} AS document`,
  '',
);

const REMOVE = change(
  'snapshot_schedule.removed',
  `
    DELETE FROM snapshot_schedules c USING changed WHERE c.instance_id = changed.id
    RETURNING c.instance_id, NULL::text AS document`,
  'AND is_set',
);

/** The schedules of snapshots: as tenants set them, and when they are due. */
@Injectable()
export class SchedulesRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Undefined if the instance has none. */
  async find(tenantId: string, instanceId: string): Promise<SnapshotSchedule | undefined> {
    const [row] = await this.database.query<SnapshotSchedule>({
      name: 'snapshot_schedule_find',
      text: `SELECT ${COLUMNS} FROM snapshot_schedules WHERE tenant_id = $1 AND instance_id = $2`,
      values: [tenantId, instanceId],
    });
    return row;
  }

  /** Undefined if the tenant does not have the instance. */
  async set(
    instanceId: string,
    { schedule, nextAt, ...change }: ScheduleChange & { schedule: ScheduleRequest; nextAt: Date },
  ): Promise<ChangedSchedule | undefined> {
    return this.write(instanceId, change, {
      name: 'snapshot_schedule_set',
      text: SET,
      values: [JSON.stringify(schedule), nextAt.toISOString()],
    });
  }

  /** Undefined if the tenant does not have the instance. */
  async remove(instanceId: string, change: ScheduleChange): Promise<ChangedSchedule | undefined> {
    return this.write(instanceId, change, { name: 'snapshot_schedule_remove', text: REMOVE, values: [] });
  }

  /** Those that have been due longest, each for one replica. One that it does not finish is claimed again later. */
  claimDue(limit: number): Promise<readonly DueSchedule[]> {
    return this.database.query<DueSchedule>({
      name: 'snapshot_schedules_claim',
      text: `
        UPDATE snapshot_schedules c SET claimed_until = now() + ${CLAIM}
        FROM (
          SELECT instance_id FROM snapshot_schedules
          WHERE next_at <= now() AND (claimed_until IS NULL OR claimed_until <= now())
          ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED
        ) AS due
        WHERE c.instance_id = due.instance_id
        RETURNING c.instance_id AS "instanceId", c.tenant_id AS "tenantId", c.cron, c.time_zone AS "timeZone",
          c.next_at AS "dueAt"`,
      values: [limit],
    });
  }

  async isDue({ tenantId, instanceId, dueAt }: DueSchedule): Promise<boolean> {
    const rows = await this.database.query({
      name: 'snapshot_schedule_is_due',
      text: `
        SELECT FROM snapshot_schedules WHERE tenant_id = $1 AND instance_id = $2 AND next_at = $3::timestamptz`,
      values: [tenantId, instanceId, dueAt.toISOString()],
    });
    return rows.length > 0;
  }

  /** Makes it due at another time, unless it was changed meanwhile. `error` says why it began no snapshot. */
  async postpone(
    { tenantId, instanceId, dueAt }: DueSchedule,
    nextAt: Date,
    error: string | null,
  ): Promise<void> {
    await this.database.query({
      name: 'snapshot_schedule_postpone',
      text: `
        UPDATE snapshot_schedules
        SET next_at = $4::timestamptz, claimed_until = NULL, last_error = coalesce($5, last_error)
        WHERE tenant_id = $1 AND instance_id = $2 AND next_at = $3::timestamptz`,
      values: [tenantId, instanceId, dueAt.toISOString(), nextAt.toISOString(), error],
    });
  }

  private async write(
    instanceId: string,
    { caller: { tenantId, requestId, actor }, precondition, key }: ScheduleChange,
    { values, ...statement }: Statement,
  ): Promise<ChangedSchedule | undefined> {
    const { accepted, excluded } = precondition;
    const keyRecord = keyRecordParameter(key, { operationId: null, resourceId: instanceId });
    const [row] = await this.database.query<ChangedSchedule>({
      ...statement,
      values: [tenantId, instanceId, accepted, excluded, requestId, actor, keyRecord, ...values],
    });
    if (row && row.version !== null) this.signals.changed(tenantId, instanceId);
    return row;
  }
}
