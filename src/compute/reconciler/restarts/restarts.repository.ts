import { Injectable } from '@nestjs/common';
import { newId } from '../../../platform/values/uuid';
import { Database } from '../../../platform/database';
import { HOST_OF_I } from '../../hosts';
import { insertOperation, IS_OPEN, ofType } from '../../operations';
import { insertEvent, ResourceSignals } from '../../resources';

/** A stopped instance that the service starts. */
export interface DueStart {
  readonly id: string;
  /** The version that was read; the start requires that it is still current. */
  readonly version: number;
  /** For the history. */
  readonly reason: string | null;
}

export interface BegunStart {
  readonly id: string;
  readonly tenantId: string;
}

const ACTOR = 'system:restarter';
const MOST_AT_ONCE = 100;

const IS_STARTABLE = `
  i.status = 'stopped' AND NOT EXISTS (
    SELECT FROM resource_operations o WHERE o.resource_id = i.id AND ${IS_OPEN}
  )`;

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
        SELECT i.id, i.version, i.status_reason AS reason FROM instances i
        WHERE i.restart_at <= now() AND ${HOST_OF_I} = ANY($1::text[]) AND ${IS_STARTABLE}
        ORDER BY i.restart_at LIMIT ${MOST_AT_ONCE}`,
      values: [hostIds],
    });
  }

  /** Those with autostart that stopped without a request within this time, and wait for no restart. */
  endedWithin(
    hostId: string,
    { ms, afterId }: { readonly ms: number; readonly afterId: string | undefined },
  ): Promise<readonly DueStart[]> {
    return this.database.query<DueStart>({
      name: 'restarts_ended_within',
      text: `
        SELECT i.id, i.version, i.status_reason AS reason FROM instances i
        WHERE ${HOST_OF_I} = $1 AND i.autostart AND i.ended_at >= now() - $2::float8 * interval '1 millisecond'
          AND (i.restarted_at IS NULL OR i.restarted_at < now() - $2::float8 * interval '1 millisecond')
          AND i.restart_at IS NULL AND ($3::uuid IS NULL OR i.id > $3) AND ${IS_STARTABLE}
        ORDER BY i.id LIMIT ${MOST_AT_ONCE}`,
      values: [hostId, ms, afterId ?? null],
    });
  }

  /** Begins a `start` operation for each that has not changed since it was read. */
  async begin(starts: readonly DueStart[]): Promise<readonly BegunStart[]> {
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
function toGiven({ id, version, reason }: DueStart): object {
  const operationId = newId();
  return { id, version, operation_id: operationId, request_id: operationId, reason };
}
