import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import type { Command } from '../../../drivers';
import type { Caller } from '../../../access/tenancy';
import { HOST_OF_I } from '../../hosts';
import { insertEvent, ResourceSignals } from '../../resources';
import { NEXT_VERSION } from '../store/instance.sql';
import { TICKET_SECONDS, type RedeemedSession, type SessionEnd, type SessionKind } from './session';

/** How long a session stays open in the database if its replica no longer renews it. */
const ALIVE_SECONDS = 120;
const BATCH = 1000;

export interface SessionRecord {
  readonly id: string;
  readonly instanceId: string;
  readonly kind: SessionKind;
  readonly command: Command | null;
  readonly ticket: string;
}

export interface TicketRef {
  readonly sessionId: string;
  readonly instanceId: string;
  readonly ticket: string;
  /** The tenant that the request names; null if it names none, as in a browser. */
  readonly tenantId: string | null;
}

type Redemption = { readonly outcome: 'used' | 'expired' } | (RedeemedSession & { readonly outcome: 'ok' });

/** Unredeemed sessions count until their ticket expires. */
const IS_OPEN = '(redeemed_at IS NOT NULL OR expires_at > now())';

const insertSessionEvent = (type: string, reason: string): string =>
  insertEvent({ of: 'moved', type: `'${type}'`, reason, operationId: 'NULL' });

/** Sessions are locked before their instance, and nothing locks a session after an instance. */
const REDEEM = `
  WITH found AS MATERIALIZED (
    SELECT id, args, redeemed_at IS NOT NULL AS is_used, expires_at <= now() AS is_expired
    FROM console_sessions
    WHERE id = $1 AND instance_id = $2 AND ticket_hash = $3 AND tenant_id = coalesce($4, tenant_id)
    FOR UPDATE
  ), redeemed AS (
    UPDATE console_sessions s
    SET redeemed_at = now(), alive_until = now() + make_interval(secs => ${ALIVE_SECONDS}), args = NULL
    FROM found WHERE s.id = found.id AND NOT is_used AND NOT is_expired
    RETURNING s.id, s.tenant_id, s.instance_id, s.kind, s.actor, s.request_id
  ), moved AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM redeemed r WHERE i.id = r.instance_id AND i.tenant_id = r.tenant_id
    RETURNING i.id, i.tenant_id, i.version, i.status, r.id AS session_id, r.kind, r.actor, r.request_id
  ), event AS (${insertSessionEvent('session.opened', `kind || ' session ' || session_id`)})
  SELECT CASE WHEN r.id IS NOT NULL THEN 'ok' WHEN is_used THEN 'used' ELSE 'expired' END AS outcome,
    r.id, r.tenant_id AS "tenantId", r.instance_id AS "instanceId", r.kind, args AS command
  FROM found LEFT JOIN redeemed r ON true`;

const END = `
  WITH ended AS (
    UPDATE console_sessions SET ended_at = now(), exit_code = $2
    WHERE id = $1 AND redeemed_at IS NOT NULL AND ended_at IS NULL
    RETURNING id, tenant_id, instance_id, kind, actor, request_id,
      floor(extract(epoch FROM now() - redeemed_at))::int AS seconds
  ), moved AS (
    UPDATE instances i SET ${NEXT_VERSION} FROM ended e WHERE i.id = e.instance_id AND i.tenant_id = e.tenant_id
    RETURNING i.id, i.tenant_id, i.version, i.status, e.id AS session_id, e.kind, e.actor, e.request_id, e.seconds
  ), event AS (${insertSessionEvent(
    'session.closed',
    `kind || ' session ' || session_id || ' after ' || seconds || ' s: ' || $3`,
  )})
  SELECT tenant_id AS "tenantId", instance_id AS "instanceId" FROM ended`;

/** Sessions and their tickets, which are stored as hashes. */
@Injectable()
export class SessionsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /**
   * @returns when the ticket expires, in Unix seconds; undefined if the tenant has `max` open sessions. Concurrent
   * requests can exceed it by their number.
   */
  async create(
    { tenantId, actor, requestId }: Caller,
    { id, instanceId, kind, command, ticket }: SessionRecord,
    max: number,
  ): Promise<number | undefined> {
    const [row] = await this.database.query<{ expiresAt: number }>({
      name: 'session_create',
      text: `
        INSERT INTO console_sessions
          (id, tenant_id, instance_id, kind, args, ticket_hash, actor, request_id, expires_at)
        SELECT $2, $1, $3, $4, $5::jsonb, $6, $7, $8, now() + make_interval(secs => ${TICKET_SECONDS})
        WHERE (
          SELECT count(*) FROM console_sessions WHERE tenant_id = $1 AND ended_at IS NULL AND ${IS_OPEN}
        ) < $9
        RETURNING floor(extract(epoch FROM expires_at))::int AS "expiresAt"`,
      values: [
        tenantId,
        id,
        instanceId,
        kind,
        command && JSON.stringify(command),
        hashOf(ticket),
        actor,
        requestId,
        max,
      ],
    });
    return row?.expiresAt;
  }

  /** The host of the instance that a ticket is for, used or not; undefined if no session has this ticket. */
  async hostOf({ sessionId, instanceId, ticket, tenantId }: TicketRef): Promise<string | undefined> {
    const [row] = await this.database.query<{ hostId: string }>({
      name: 'session_host',
      text: `
        SELECT ${HOST_OF_I} AS "hostId"
        FROM console_sessions s JOIN instances i ON i.id = s.instance_id AND i.tenant_id = s.tenant_id
        WHERE s.tenant_id = coalesce($4, s.tenant_id) AND s.id = $1 AND s.instance_id = $2 AND s.ticket_hash = $3`,
      values: [sessionId, instanceId, hashOf(ticket), tenantId],
    });
    return row?.hostId;
  }

  /**
   * Opens the session of a ticket, once over all replicas; its arguments are deleted, because they can have secrets.
   * @returns undefined if no session has this ticket.
   */
  async redeem({ sessionId, instanceId, ticket, tenantId }: TicketRef): Promise<Redemption | undefined> {
    const [row] = await this.database.query<Redemption>({
      name: 'session_redeem',
      text: REDEEM,
      values: [sessionId, instanceId, hashOf(ticket), tenantId],
    });
    if (row?.outcome === 'ok') this.signals.changed(row.tenantId, row.instanceId);
    return row;
  }

  /** Records the end, once; does nothing for a session that has ended. */
  async end(id: string, { exitCode, reason }: SessionEnd): Promise<void> {
    const [row] = await this.database.query<{ tenantId: string; instanceId: string }>({
      name: 'session_end',
      text: END,
      values: [id, exitCode, reason],
    });
    if (row) this.signals.changed(row.tenantId, row.instanceId);
  }

  /** Keeps the sessions of this replica open. */
  async renew(ids: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'session_renew',
      text: `
        UPDATE console_sessions SET alive_until = now() + make_interval(secs => ${ALIVE_SECONDS})
        WHERE id = ANY($1) AND ended_at IS NULL`,
      values: [ids],
    });
  }

  /**
   * Open sessions whose replica has stopped renewing them.
   * @param isAlone no other process serves sessions, and this one has not begun to, so all of them are lost
   */
  async lost({ isAlone }: { readonly isAlone: boolean }): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>({
      name: 'sessions_lost',
      text: `
        SELECT id FROM console_sessions
        WHERE ended_at IS NULL AND alive_until < CASE WHEN $1 THEN 'infinity' ELSE now() END LIMIT ${BATCH}`,
      values: [isAlone],
    });
    return rows.map(({ id }) => id);
  }

  /** Removes one batch of sessions that were never opened, or ended before a time; returns how many. */
  async sweep(beforeUnixMs: number): Promise<number> {
    const { removed } = await this.database.one<{ removed: number }>({
      name: 'sessions_sweep',
      text: `
        WITH old AS MATERIALIZED (
          (SELECT id FROM console_sessions
            WHERE redeemed_at IS NULL AND expires_at < now() - interval '1 hour' LIMIT ${BATCH})
          UNION ALL
          (SELECT id FROM console_sessions WHERE ended_at < to_timestamp($1::float8) LIMIT ${BATCH})
        ), gone AS (
          DELETE FROM console_sessions s USING old WHERE s.id = old.id RETURNING 1
        )
        SELECT count(*)::int AS removed FROM gone`,
      values: [beforeUnixMs / 1000],
    });
    return removed;
  }
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}
