import { Injectable } from '@nestjs/common';
import { newId } from '../../../platform/values/uuid';
import { Database } from '../../../platform/database';
import { HOST_OF_I } from '../../hosts';
import { hasOpenOperation, insertOperation, ofType } from '../../operations';
import { insertEvent, ResourceSignals } from '../../resources';

/** A stopped instance that the service starts. */
export interface Start {
  readonly id: string;
  /** The version that was read; the start requires that it is still current. */
  readonly version: number;
  /** For the history. */
  readonly reason: string | null;
}

export interface DueStart extends Start {
  /** Because its host was restarted; otherwise because of its restart policy. */
  readonly isAutostart: boolean;
}

export interface BegunStart {
  readonly id: string;
  readonly tenantId: string;
}

const ACTOR = 'system:restarter';
const MOST_AT_ONCE = 100;
const MOST_MADE_DUE = 1000;
/**
 * An engine that shuts down in an orderly way stops its guests this long before the contact is lost. Another replica may
 * lose it later, and record stops until then. What stops later has ended by itself.
 */
const SHUTDOWN = { beforeSeconds: 30, afterSeconds: 300 };
const LOST_AT = `(now() - $2::float8 * interval '1 millisecond')`;

const IS_STARTABLE = `i.status = 'stopped' AND NOT ${hasOpenOperation('i.id')}`;

/** Starts stopped instances on behalf of the service, across tenants. */
@Injectable()
export class RestartsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Those on these hosts whose time has come, longest waiting first. */
  due(hostIds: readonly string[]): Promise<readonly DueStart[]> {
    return this.database.query<DueStart>({
      name: 'restarts_due',
      text: `
        SELECT i.id, i.version, i.status_reason AS reason, i.restarts = 0 AS "isAutostart" FROM instances i
        WHERE i.restart_at <= now() AND ${HOST_OF_I} = ANY($1::text[]) AND ${IS_STARTABLE}
        ORDER BY i.restart_at LIMIT ${MOST_AT_ONCE}`,
      values: [hostIds],
    });
  }

  /**
   * Makes the start due of all with autostart that stopped without a request when the contact was lost, and wait for no
   * restart. This creates no new version; the start that follows does.
   */
  async makeDue(hostId: string, lostForMs: number): Promise<void> {
    for (let count = MOST_MADE_DUE; count === MOST_MADE_DUE;) {
      const rows = await this.database.query({
        name: 'restarts_make_due',
        text: `
          WITH old AS MATERIALIZED (
            SELECT i.id FROM instances i
            WHERE ${HOST_OF_I} = $1 AND i.autostart AND i.status = 'stopped' AND i.restart_at IS NULL
              AND i.ended_at BETWEEN ${LOST_AT} - interval '${SHUTDOWN.beforeSeconds} s'
                AND ${LOST_AT} + interval '${SHUTDOWN.afterSeconds} s'
              AND (i.restarted_at IS NULL OR i.restarted_at < ${LOST_AT})
            ORDER BY i.id LIMIT ${MOST_MADE_DUE} FOR UPDATE
          )
          UPDATE instances i SET restart_at = now(), restarts = 0 FROM old WHERE i.id = old.id RETURNING 1`,
        values: [hostId, lostForMs],
      });
      count = rows.length;
    }
  }

  /** Begins a `start` operation for each that has not changed since it was read. */
  async begin(starts: readonly Start[]): Promise<readonly BegunStart[]> {
    const begun = await this.database.query<BegunStart>({
      name: 'restarts_begin',
      text: `
        WITH given AS (
          SELECT * FROM jsonb_to_recordset($1::jsonb) AS given(
            id uuid, version integer, operation_id uuid, request_id text, reason text
          )
        ), old AS MATERIALIZED (
          SELECT i.id FROM instances i JOIN given ON given.id = i.id AND given.version = i.version
          WHERE ${IS_STARTABLE} ORDER BY i.id FOR UPDATE OF i
        ), moved AS (
          UPDATE instances i
          SET status_reason = NULL, ended_at = NULL, restart_at = NULL, restarted_at = now(), version = i.version + 1,
            updated_at = now()
          FROM old JOIN given ON given.id = old.id WHERE i.id = old.id
          RETURNING i.id, i.tenant_id, i.version, i.status, ${HOST_OF_I} AS host_id, given.operation_id,
            given.request_id, given.reason, NULL AS traceparent, '${ACTOR}' AS actor
        ), operation AS (
          ${insertOperation({ of: 'moved', id: 'operation_id', ...ofType('start'), isBackground: 'true' })}
        ), event AS (
          ${insertEvent({ of: 'moved', type: `'start.requested'`, reason: 'reason' })}
        )
        SELECT id, tenant_id AS "tenantId" FROM moved`,
      values: [JSON.stringify(starts.map(toGiven))],
    });
    for (const { tenantId, id } of begun) this.signals.changed(tenantId, id);
    return begun;
  }
}

/** No request asks for it; the operation's own id identifies it in logs and at platform services. */
function toGiven({ id, version, reason }: Start): object {
  const operationId = newId();
  return { id, version, operation_id: operationId, request_id: operationId, reason };
}
