import { Injectable } from '@nestjs/common';
import { Database } from '../../../../platform/database';
import { ResourceSignals } from '../../../resources';
import type { SnapshotStatus } from '../snapshot';
import { NEXT_SNAPSHOT_VERSION } from '../store/snapshot.sql';
import type { Retention } from './retention';

/** An instance with scheduled snapshots that the retention of its schedule has not been applied to. */
export interface RetentionDue {
  readonly tenantId: string;
  readonly instanceId: string;
}

interface ScheduledSnapshot {
  readonly id: string;
  readonly status: SnapshotStatus;
  readonly createdAt: Date;
}

/** What the retention of a schedule is applied to. */
export interface RetentionSubject {
  /** Null if the schedule was removed: all snapshots stay. */
  readonly keep: Retention | null;
  readonly timeZone: string | null;
  readonly snapshots: readonly ScheduledSnapshot[];
}

interface SubjectRow extends ScheduledSnapshot {
  readonly keep: Retention | null;
  readonly timeZone: string | null;
}

const ENDED = `s.status IN ('available', 'error')`;
/** More than a tenant's quota usually allows for one instance; the oldest above it wait for the next time. */
const MAX_SNAPSHOTS = 10_000;

/** Applies retentions: it lets snapshots expire. */
@Injectable()
export class SnapshotRetentionRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  due(limit: number): Promise<readonly RetentionDue[]> {
    return this.database.query<RetentionDue>({
      name: 'snapshots_retention_due',
      text: `
        SELECT DISTINCT s.tenant_id AS "tenantId", s.instance_id AS "instanceId" FROM snapshots s
        WHERE s.retention_due AND ${ENDED} LIMIT $1`,
      values: [limit],
    });
  }

  async subject({ tenantId, instanceId }: RetentionDue): Promise<RetentionSubject> {
    const rows = await this.database.query<SubjectRow>({
      name: 'snapshots_scheduled',
      text: `
        SELECT s.id, s.status, s.created_at AS "createdAt", c.time_zone AS "timeZone",
          CASE WHEN c.instance_id IS NOT NULL THEN
            jsonb_build_object('last', c.keep_last, 'daily', c.keep_daily, 'weekly', c.keep_weekly) END AS keep
        FROM snapshots s LEFT JOIN snapshot_schedules c ON c.instance_id = s.instance_id
        WHERE s.tenant_id = $1 AND s.instance_id = $2 AND s.scheduled_for IS NOT NULL AND ${ENDED}
        ORDER BY s.id DESC LIMIT $3`,
      values: [tenantId, instanceId, MAX_SNAPSHOTS],
    });
    const { keep = null, timeZone = null } = rows[0] ?? {};
    return { keep, timeZone, snapshots: rows };
  }

  /** Notes that the retention has been applied to all of `ids`, of which `expiredIds` expire now. */
  async apply(
    { tenantId }: RetentionDue,
    ids: readonly string[],
    expiredIds: readonly string[],
  ): Promise<void> {
    const rows = await this.database.query<{ readonly id: string }>({
      name: 'snapshots_apply_retention',
      text: `
        WITH noted AS (
          UPDATE snapshots s SET retention_due = false
          WHERE s.tenant_id = $1 AND s.id = ANY($2::uuid[]) AND s.id <> ALL($3::uuid[]) AND s.retention_due
        )
        UPDATE snapshots s SET retention_due = false, expires_at = now(), ${NEXT_SNAPSHOT_VERSION}
        WHERE s.tenant_id = $1 AND s.id = ANY($3::uuid[]) AND ${ENDED}
          AND (s.expires_at IS NULL OR s.expires_at > now())
        RETURNING s.id`,
      values: [tenantId, ids, expiredIds],
    });
    for (const { id } of rows) this.signals.changed(tenantId, id);
  }
}
