import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { WebSocketServer, type WebSocket } from 'ws';
import { withTimeout } from '../../../../platform/async/timeout';
import { AppError } from '../../../../platform/errors/app.error';
import { HttpConfig } from '../../../../platform/http/http.config';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import type { Upgrade, UpgradeHandler } from '../../../../platform/http/server/upgrades';
import { isUuid } from '../../../../platform/values/uuid';
import { TenancyConfig } from '../../../../access/tenancy/tenancy.config';
import type { OtherReplica } from '../../../hosts';
import { QUERY_TIMEOUT_MS } from '../../engine/engine-queries';
import { EngineUnavailableError, WrongReplicaError } from '../../engine/engine.errors';
import { EXEC_PROTOCOL } from '../exec-frames';
import { BEAT_MS, OpenSessions, type Slot } from '../open-sessions';
import { OriginNotAllowedError, TicketInvalidError } from '../session.errors';
import { SessionSocket } from '../session-socket';
import { SessionsConfig } from '../sessions.config';
import { SessionsService } from '../sessions.service';
import type { TicketRef } from '../sessions.repository';
import { FORWARDED_HEADER, openAt, relay } from './forwarded-upgrade';
import { CONNECT_ROUTE, connectPath, readSessionUrl } from './session-url';

const KEY = /^[+/0-9A-Za-z]{22}==$/;
/** noVNC requests it. */
const RAW_PROTOCOL = 'binary';

/** More than the other replica takes to connect to the guest. */
const FORWARD_MS = QUERY_TIMEOUT_MS + 5000;

interface Forward {
  readonly ticket: TicketRef;
  readonly replica: OtherReplica;
  readonly slot: Slot;
  readonly lifetime: AbortController;
}

/** Turns requests with a ticket into the WebSockets of their sessions. The ticket is their only credential. */
@Injectable()
export class SessionUpgrades implements UpgradeHandler {
  readonly route = CONNECT_ROUTE;
  private readonly sockets: WebSocketServer;

  constructor(
    private readonly config: SessionsConfig,
    private readonly http: HttpConfig,
    private readonly tenancy: TenancyConfig,
    private readonly sessions: SessionsService,
    private readonly open: OpenSessions,
  ) {
    this.sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: config.frameBytes,
      handleProtocols: (offered) =>
        [EXEC_PROTOCOL, RAW_PROTOCOL].find((protocol) => offered.has(protocol)) ?? false,
    });
  }

  matches(path: string): boolean {
    return readSessionUrl(path) !== undefined;
  }

  async upgrade(upgrade: Upgrade): Promise<void> {
    const { request, socket, context } = upgrade;
    assertHandshake(request);
    this.assertOrigin(request);
    const slot = this.open.enter();
    const lifetime = new AbortController();
    const abort = (): void => lifetime.abort();
    socket.once('close', abort);
    try {
      const ticket = this.ticketOf(request);
      const replica = await this.sessions.replicaFor(ticket);
      if (replica) {
        await this.forward(upgrade, { ticket, replica, slot, lifetime });
        return;
      }
      const session = await this.sessions.redeem(ticket);
      context.tenantId = session.tenantId;
      const guest = await this.sessions.connect(session, lifetime);
      const client = await this.handshake(upgrade, session.id);
      const served = new SessionSocket(client, guest, lifetime, this.config.limits);
      this.sessions.onEnd(session, lifetime.signal, () => served.end());
      this.open.serve(session.id, served, slot);
    } catch (error) {
      lifetime.abort();
      slot.leave();
      throw error;
    } finally {
      socket.off('close', abort);
    }
  }

  /**
   * Passes the connection on to the replica that reaches the host. That one redeems the ticket and serves the session.
   * @throws {AppError}
   */
  private async forward(
    { request, socket, head, context }: Upgrade,
    { ticket, replica, slot, lifetime }: Forward,
  ): Promise<void> {
    if (request.headers[FORWARDED_HEADER] !== undefined)
      throw new WrongReplicaError(new Error('another replica has forwarded the session to this one'));
    const { requestId } = context;
    const headers = {
      'x-request-id': requestId,
      ...(ticket.tenantId !== null && { [this.tenancy.header]: ticket.tenantId }),
    };
    const forwarding = { url: replica.url, path: connectPath(ticket), headers };
    const bounds = { timeoutMs: FORWARD_MS, signal: lifetime.signal };
    const opened = await withTimeout(bounds, (signal) => openAt(forwarding, request, signal)).catch(
      (error: unknown) => {
        if (error instanceof AppError) throw error;
        const kind = replica.driver?.kind ?? 'of the instance';
        throw new EngineUnavailableError(kind, 'the replica on its host does not respond', error);
      },
    );
    socket.write(opened.head);
    opened.socket.write(head);
    const silentMs = 3 * BEAT_MS + this.config.limits.unreadMs;
    this.open.hold(slot, (signal) => relay([socket, opened.socket], silentMs, signal));
  }

  /** If the client has closed its side of the connection, `ws` closes the other one and calls nothing. */
  private async handshake({ request, socket, head }: Upgrade, sessionId: string): Promise<WebSocket> {
    if (socket.readable && socket.writable)
      return new Promise((resolve) => this.sockets.handleUpgrade(request, socket, head, resolve));
    await this.open.end(sessionId, { exitCode: null, reason: 'the client disconnected' });
    throw new AppError(HTTP_ERRORS.malformed_request, {
      message: 'The client has closed its side of the connection',
    });
  }

  /** @throws {TicketInvalidError} */
  private ticketOf({ url = '', headers }: IncomingMessage): TicketRef {
    const { instanceId = '', sessionId = '', ticket } = readSessionUrl(url) ?? {};
    if (ticket === undefined || !isUuid(instanceId) || !isUuid(sessionId)) throw new TicketInvalidError();
    // A gateway names the tenant; browsers cannot.
    const tenant = headers[this.tenancy.header.toLowerCase()];
    return {
      instanceId,
      sessionId,
      ticket,
      tenantId: typeof tenant === 'string' && tenant !== '' ? tenant : null,
    };
  }

  /** Programs send no origin. @throws {OriginNotAllowedError} */
  private assertOrigin({ headers: { origin, host } }: IncomingMessage): void {
    if (origin === undefined) return;
    const { corsOrigins, publicUrl } = this.http;
    const own = [host, publicUrl === '' ? undefined : new URL(publicUrl).host];
    const isOwn = URL.canParse(origin) && own.includes(new URL(origin).host);
    if (!isOwn && !corsOrigins.includes(origin) && !corsOrigins.includes('*'))
      throw new OriginNotAllowedError(origin);
  }
}

/** What `ws` requires; it would refuse with an HTML page, and after the ticket is used. @throws {AppError} */
function assertHandshake({ method, headers }: IncomingMessage): void {
  const version = headers['sec-websocket-version'];
  const isValid = method === 'GET' && KEY.test(headers['sec-websocket-key'] ?? '') && version === '13';
  if (!isValid)
    throw new AppError(HTTP_ERRORS.malformed_request, {
      message: 'The WebSocket handshake is malformed; version 13 is required',
    });
}
