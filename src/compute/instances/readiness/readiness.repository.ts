import { Injectable } from '@nestjs/common';
import type { PublishedPort } from '../../../drivers';
import { Database } from '../../../platform/database';
import { HOST_OF_I } from '../../hosts';
import { hasOpenOperation } from '../../operations';
import { insertEvent, ResourceSignals } from '../../resources';
import { NEXT_VERSION } from '../store/instance.sql';
import { DRIVER_TARGET_OF_I, type DriverTarget } from '../work/driver-target';

/** A run of a guest that this process probes for a while. */
export interface ProbedRun extends DriverTarget {
  /** Identifies the run: when it began. */
  readonly run: string;
  /** Since then, without pauses. */
  readonly seconds: number;
  readonly ports: readonly PublishedPort[];
}

type Run = Pick<ProbedRun, 'id' | 'tenantId' | 'run'>;

/** If the process that probes it dies, another one goes on after this. */
const LEASE_SECONDS = 30;
const ACTOR = 'system:readiness';

/** So many due runs are looked at, in the order of their times, to find the next ones of each tenant. */
const LOOKED_AT = 1000;

/** $1 tenant, $2 instance, $3 run. */
const IS_AWAITED = `i.tenant_id = $1 AND i.id = $2 AND i.started_at = $3::timestamptz AND i.probe_at IS NOT NULL`;

/** An operation may be ending the run. */
const IS_SETTLED = `NOT ${hasOpenOperation('i.id')}`;

/** How long a guest that is not paused has run. */
const SECONDS_OF_I = `extract(epoch FROM now() - i.started_at - i.paused_for)::float8`;

const end = (set: string, event: { readonly type: string; readonly reason?: string }): string => `
  WITH moved AS (
    UPDATE instances i SET ${set}, probe_at = NULL, ${NEXT_VERSION} WHERE ${IS_AWAITED} AND ${IS_SETTLED}
    RETURNING i.id, i.tenant_id, i.version, i.status, ${SECONDS_OF_I} AS seconds
  ), event AS (
    ${insertEvent({ of: 'moved', ...event, requestId: 'NULL', operationId: 'NULL::uuid', actor: `'${ACTOR}'` })}
  )
  SELECT seconds FROM moved`;

const BECOME_READY = end('ready = true, ready_at = now()', { type: `'instance.ready'` });
/** $4 reason. */
const GIVE_UP = end('status_reason = $4', { type: `'instance.not_ready'`, reason: '$4::text' });

/** Records whether guests are ready, across tenants. */
@Injectable()
export class ReadinessRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Takes runs on these hosts that are to be probed now: of each tenant in turn, the longest waiting first. */
  claim(hostIds: readonly string[], limit: number): Promise<readonly ProbedRun[]> {
    return this.database.query<ProbedRun>({
      name: 'readiness_claim',
      text: `
        WITH waiting AS MATERIALIZED (
          SELECT i.id, i.tenant_id, i.probe_at FROM instances i
          WHERE i.probe_at <= now() AND ${HOST_OF_I} = ANY($1::text[])
          ORDER BY i.probe_at LIMIT ${LOOKED_AT}
        ), next AS MATERIALIZED (
          SELECT id FROM waiting
          ORDER BY row_number() OVER (PARTITION BY tenant_id ORDER BY probe_at), probe_at LIMIT $2
        ), due AS MATERIALIZED (
          SELECT i.id FROM instances i
          WHERE i.id = ANY(ARRAY(SELECT id FROM next)) AND i.probe_at <= now()
          ORDER BY i.id FOR UPDATE SKIP LOCKED
        )
        UPDATE instances i SET probe_at = now() + interval '${LEASE_SECONDS} s' FROM due WHERE i.id = due.id
        RETURNING ${DRIVER_TARGET_OF_I}, i.started_at::text AS run,
          ${SECONDS_OF_I} AS seconds,
          coalesce(i.handle -> 'ports', '[]') AS ports`,
      values: [hostIds, limit],
    });
  }

  /** Returns it; from then on, any process can take it. */
  async putBack({ tenantId, id, run }: Run, afterMs: number): Promise<void> {
    await this.database.query({
      name: 'readiness_put_back',
      text: `UPDATE instances i SET probe_at = now() + $4::float8 * interval '1 millisecond' WHERE ${IS_AWAITED}`,
      values: [tenantId, id, run, afterMs],
    });
  }

  /** @returns the seconds since its start, without pauses; undefined if it has ended, is ready already, or an operation is in progress */
  becomeReady(run: Run): Promise<number | undefined> {
    return this.ended(run, { name: 'readiness_ready', text: BECOME_READY });
  }

  /** @returns likewise */
  giveUp(run: Run, reason: string): Promise<number | undefined> {
    return this.ended(run, { name: 'readiness_give_up', text: GIVE_UP }, reason);
  }

  private async ended(
    { tenantId, id, run }: Run,
    statement: { readonly name: string; readonly text: string },
    ...reason: readonly string[]
  ): Promise<number | undefined> {
    const [row] = await this.database.query<{ seconds: number }>({
      ...statement,
      values: [tenantId, id, run, ...reason],
    });
    if (row) this.signals.changed(tenantId, id);
    return row?.seconds;
  }
}
