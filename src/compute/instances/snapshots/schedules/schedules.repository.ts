import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../../access/tenancy';
import { Database } from '../../../../platform/database';
import { insertEvent, ResourceSignals } from '../../../resources';
import { NEXT_VERSION } from '../../store/instance.sql';
import type { Recurrence } from './cron';
import type { ScheduleRequest, SnapshotSchedule } from './schedule';

/** A schedule that is due, claimed by this replica for a while. */
export interface DueSchedule extends Recurrence {
  readonly instanceId: string;
  readonly tenantId: string;
  readonly dueAt: Date;
}

/** How long a replica has for the schedules that it claims at once. */
const CLAIM = `interval '1 minute'`;

const COLUMNS = `
  instance_id AS "instanceId", cron, time_zone AS "timeZone",
  jsonb_build_object('last', keep_last, 'daily', keep_daily, 'weekly', keep_weekly) AS keep,
  floor(extract(epoch FROM next_at))::float8 AS "nextAt", floor(extract(epoch FROM last_at))::float8 AS "lastAt",
  last_error AS "lastError", floor(extract(epoch FROM created_at))::float8 AS "createdAt",
  floor(extract(epoch FROM updated_at))::float8 AS "updatedAt"`;

/** $1 tenant, $2 instance, $3 request, $4 actor; the instance gets a new version, which its event is about. */
const CHANGED = `
  changed AS (
    UPDATE instances i SET ${NEXT_VERSION} WHERE i.tenant_id = $1 AND i.id = $2
    RETURNING i.id, i.tenant_id, i.version, i.status
  )`;

const eventOf = (type: string, of = 'changed'): string =>
  insertEvent({ of, type: `'${type}'`, requestId: '$3', operationId: 'NULL', actor: '$4' });

/** $5 schedule, $6 when it is due first. */
const SET = `
  WITH ${CHANGED}, event AS (${eventOf('snapshot_schedule.set')})
  INSERT INTO snapshot_schedules AS c
    (instance_id, tenant_id, cron, time_zone, keep_last, keep_daily, keep_weekly, next_at)
  SELECT changed.id, changed.tenant_id, given.cron, given."timeZone", (given.keep ->> 'last')::integer,
    (given.keep ->> 'daily')::integer, (given.keep ->> 'weekly')::integer, $6::timestamptz
  FROM changed, jsonb_to_record($5::jsonb) AS given(cron text, "timeZone" text, keep jsonb)
  ON CONFLICT (instance_id) DO UPDATE
  SET cron = excluded.cron, time_zone = excluded.time_zone, keep_last = excluded.keep_last,
    keep_daily = excluded.keep_daily, keep_weekly = excluded.keep_weekly, next_at = excluded.next_at,
    claimed_until = NULL, last_error = NULL, updated_at = now()
  RETURNING ${COLUMNS}`;

const REMOVE = `
  WITH removed AS (
    DELETE FROM snapshot_schedules c USING instances i
    WHERE i.tenant_id = $1 AND i.id = $2 AND c.instance_id = i.id RETURNING c.instance_id
  ), changed AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM removed WHERE i.id = removed.instance_id
    RETURNING i.id, i.tenant_id, i.version, i.status
  )
  ${eventOf('snapshot_schedule.removed')} RETURNING 1`;

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
    { tenantId, requestId, actor }: Caller,
    instanceId: string,
    schedule: ScheduleRequest,
    nextAt: Date,
  ): Promise<SnapshotSchedule | undefined> {
    const [row] = await this.database.query<SnapshotSchedule>({
      name: 'snapshot_schedule_set',
      text: SET,
      values: [tenantId, instanceId, requestId, actor, JSON.stringify(schedule), nextAt.toISOString()],
    });
    if (row) this.signals.changed(tenantId, instanceId);
    return row;
  }

  /** False if there was none. */
  async remove({ tenantId, requestId, actor }: Caller, instanceId: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'snapshot_schedule_remove',
      text: REMOVE,
      values: [tenantId, instanceId, requestId, actor],
    });
    if (rows.length > 0) this.signals.changed(tenantId, instanceId);
    return rows.length > 0;
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
}
