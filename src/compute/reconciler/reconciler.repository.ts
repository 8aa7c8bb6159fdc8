import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database';
import { HOST_OF_I, HOST_OF_O } from '../hosts';
import { DRIVER_TARGET_OF_I, type DriverTarget } from '../instances';
import type { MetricName } from '../../integrations';
import { queueMetric } from '../../integrations/outbox';
import { hasOpenOperation, IS_OPEN } from '../operations';
import { insertEvent, ResourceSignals } from '../resources';
import type { RestartDecision, RestartState } from './restarts/restart-decision';
import { SETTLED_STATUSES, type Decision, type StoredState } from './reconciliation';

/** A stored instance without an open operation. */
export interface SettledInstance extends StoredState {
  readonly id: string;
  readonly version: number;
}

/** A stored instance; if it is not settled, only its id and what it is restarted for matter. */
export interface ScannedInstance extends SettledInstance {
  readonly isSettled: boolean;
  readonly autostart: boolean;
}

export interface SettledTarget extends SettledInstance, RestartState, DriverTarget {}

/** A decided update, written only if the instance still has this version. */
export interface DriftRecord extends Decision {
  readonly id: string;
  readonly version: number;
  /** Set if a running instance stopped. */
  readonly restart: RestartDecision | undefined;
  /** Metric to send if the instance is moved; null for none. */
  readonly metric: MetricName | null;
}

export interface Move {
  readonly id: string;
  readonly tenantId: string;
  readonly from: string;
  readonly to: string;
}

const PAGE_ROWS = 1000;
const ACTOR = 'system:reconciler';

const SETTLED_I = `i.status = ANY($1::text[]) AND NOT ${hasOpenOperation('i.id')}`;

const STANDING_OF_I = `
  i.status, i.counted AS "isCounted", i.status_reason AS "statusReason", i.observed,
  coalesce(i.handle -> 'ports', '[]') AS ports, coalesce(i.handle -> 'addresses', '[]') AS addresses,
  i.handle ->> 'run' AS run`;

const RESTART_STATE_OF_I = `
  i.autostart, i.restart_policy AS "restartPolicy", i.restarts,
  extract(epoch FROM now() - i.restarted_at)::float8 AS "secondsSinceRestart"`;

/** A member of the handle: stays if it is not given, and is removed if it is empty. */
const memberOf = (name: string): string =>
  `CASE WHEN given.${name} IS NULL THEN '{}' ELSE jsonb_build_object('${name}', given.${name}) END`;
const nameIfEmpty = (name: string): string => `CASE WHEN given.${name} = '[]' THEN '${name}' END`;

/** Of an instance that was found stopped. */
const SET_RESTART = `
  ended_at = CASE WHEN given.restarts IS NULL THEN i.ended_at ELSE now() END,
  restarts = coalesce(given.restarts, i.restarts),
  restart_at = CASE
    WHEN given.restarts IS NULL THEN i.restart_at
    ELSE now() + given.restart_delay_ms * interval '1 millisecond'
  END`;

/**
 * Scans all instances of an engine, across tenants, and records what the engine reports about them.
 * Instances with an open operation are left to the worker.
 */
@Injectable()
export class ReconcilerRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Returns those of the hosts that have stored instances or orphans. */
  async inUse(hostIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'reconcile_hosts',
      text: `
        SELECT host.id FROM unnest($1::text[]) AS host(id)
        WHERE EXISTS (SELECT FROM instances i WHERE ${HOST_OF_I} = host.id)
          OR EXISTS (SELECT FROM orphans o WHERE ${HOST_OF_O} = host.id)`,
      values: [hostIds],
    });
    return rows.map(({ id }) => id);
  }

  /** The next thousand instances of a host, ordered by id; an empty page marks the end. */
  scan(hostId: string, afterId: string | undefined): Promise<readonly ScannedInstance[]> {
    return this.database.query<ScannedInstance>({
      name: 'reconcile_scan',
      text: `
        SELECT i.id, i.version, i.autostart, i.status = ANY($1::text[]) AND o.id IS NULL AS "isSettled", ${STANDING_OF_I}
        FROM instances i LEFT JOIN resource_operations o ON o.resource_id = i.id AND ${IS_OPEN}
        WHERE ${HOST_OF_I} = $2 AND ($3::uuid IS NULL OR i.id > $3)
        ORDER BY i.id LIMIT ${PAGE_ROWS}`,
      values: [SETTLED_STATUSES, hostId, afterId ?? null],
    });
  }

  /** The same for these ids, with the data needed for engine calls. */
  targets(ids: readonly string[]): Promise<readonly SettledTarget[]> {
    return this.database.query<SettledTarget>({
      name: 'reconcile_targets',
      text: `
        SELECT ${DRIVER_TARGET_OF_I}, i.version, ${STANDING_OF_I}, ${RESTART_STATE_OF_I}
        FROM instances i WHERE ${SETTLED_I} AND i.id = ANY($2::uuid[])`,
      values: [SETTLED_STATUSES, ids],
    });
  }

  /** Those of the instances that have an open operation, or a status that one is about to change. */
  async unsettled(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'reconcile_unsettled',
      text: `SELECT i.id FROM instances i WHERE i.id = ANY($2::uuid[]) AND i.status <> 'deleted' AND NOT (${SETTLED_I})`,
      values: [SETTLED_STATUSES, ids],
    });
    return rows.map(({ id }) => id);
  }

  /**
   * Records observations and moves instances. Skips instances that have changed since or have an open operation;
   * both show in the version, because every operation starts with a new one. An observation without a move creates
   * neither a version nor an event.
   */
  async record(drifts: readonly DriftRecord[]): Promise<readonly Move[]> {
    const moves = await this.database.query<Move>({
      name: 'reconcile_record',
      text: `
        WITH given AS (
          SELECT * FROM jsonb_to_recordset($2::jsonb) AS given(
            id uuid, version integer, status text, reason text, ports jsonb, addresses jsonb, observed jsonb,
            metric text, run jsonb, is_new_run boolean,
            restarts integer, restart_delay_ms float8, is_given_up boolean
          )
        ), old AS MATERIALIZED (
          SELECT i.id, i.status FROM instances i JOIN given ON given.id = i.id AND given.version = i.version
          WHERE ${SETTLED_I} ORDER BY i.id FOR UPDATE OF i
        ), written AS (
          UPDATE instances i
          SET observed = coalesce(given.observed, i.observed), status = coalesce(given.status, i.status),
            handle = (i.handle || ${memberOf('ports')} || ${memberOf('addresses')} || ${memberOf('run')})
              - ARRAY[${nameIfEmpty('ports')}, ${nameIfEmpty('addresses')}],
            status_reason = CASE WHEN given.status IS NULL THEN i.status_reason ELSE given.reason END,
            started_at = CASE WHEN given.is_new_run THEN now() ELSE i.started_at END, ${SET_RESTART},
            version = CASE WHEN given.status IS NULL THEN i.version ELSE i.version + 1 END,
            updated_at = CASE WHEN given.status IS NULL THEN i.updated_at ELSE now() END
          FROM old JOIN given ON given.id = old.id WHERE i.id = old.id
          RETURNING i.id, i.tenant_id, i.version, i.type, i.flavor, old.status AS from_status, i.status,
            given.reason, given.metric, given.status IS NOT NULL AS has_moved,
            coalesce(given.is_given_up, false) AS is_given_up
        ), counted AS (
          ${queueMetric('written', 'metric', 'has_moved')}
        ), event AS (
          ${insertEvent({
            of: 'written',
            type: `CASE WHEN is_given_up THEN 'restart.given_up' ELSE 'observed.' || status END`,
            from: 'from_status',
            reason: 'reason',
            requestId: 'NULL',
            operationId: 'NULL::uuid',
            actor: `'${ACTOR}'`,
            where: 'has_moved',
          })}
        )
        SELECT id, tenant_id AS "tenantId", from_status AS "from", status AS "to" FROM written WHERE has_moved`,
      values: [SETTLED_STATUSES, JSON.stringify(drifts.map(toGiven))],
    });
    for (const { tenantId, id } of moves) this.signals.changed(tenantId, id);
    return moves;
  }
}

function toGiven({ id, version, move, observed, run, metric, restart }: DriftRecord): object {
  return {
    ...{ id, version, status: move?.to, reason: move?.reason, ports: move?.ports },
    ...{ addresses: move?.addresses, run: run?.id, is_new_run: run?.isNew, observed, metric },
    ...(restart && {
      restarts: restart.restarts,
      restart_delay_ms: restart.delayMs,
      is_given_up: restart.isGivenUp,
    }),
  };
}
