import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Logger } from '@nestjs/common';
import { AppError } from '../../errors/app.error';
import { SERVICE_ERRORS } from '../../errors/service.errors';
import { pathOf } from '../requests/path';
import { endWithProblem } from './raw-response';
import type { RequestContext } from './request-context';
import { newContext, type RequestRecord } from './request.middleware';

/** A request to turn its connection into a WebSocket. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** Bytes that the client sent after the request. */
  readonly head: Buffer;
  readonly context: RequestContext;
}

export interface UpgradeHandler {
  /** For logs and metrics. */
  readonly route: string;
  matches(path: string): boolean;
  /** Resolves when the connection is a WebSocket. Rejects with the error to respond with. */
  upgrade(upgrade: Upgrade): Promise<void>;
}

const SWITCHED = 101;
const CLIENT_GONE = 499;

/**
 * Passes upgrades to the handler. A request that asks for another protocol, such as HTTP/2 in the default configuration
 * of Java, is served as a normal request, as if this server supported no upgrades (RFC 9110, section 7.8).
 */
export function serveUpgrades(
  server: Server,
  handler: UpgradeHandler,
  report: (record: RequestRecord) => void,
): void {
  const logger = new Logger('Http');
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = pathOf(request.url ?? '');
    if (request.headers.upgrade?.toLowerCase() !== 'websocket' || !handler.matches(path)) {
      serveWithoutUpgrade(server, request, socket, head);
      return;
    }
    const started = performance.now();
    const context = newContext(request);
    const ended = (status: number): void => {
      const durationMs = performance.now() - started;
      report({ method: request.method ?? '', path, route: handler.route, status, durationMs, context });
    };
    // The handler sees the close; without a listener, an error would end the process.
    socket.on('error', () => undefined);
    handler.upgrade({ request, socket, head, context }).then(
      () => ended(SWITCHED),
      (reason: unknown) => {
        const error = reason instanceof AppError ? reason : new AppError(SERVICE_ERRORS.internal_error);
        const { code, message, status } = error;
        context.problem = code;
        if (status >= 500)
          logger.warn({ err: reason, code, requestId: context.requestId }, `failed to upgrade: ${message}`);
        ended(socket.destroyed ? CLIENT_GONE : status);
        endWithProblem(socket, error, { path, requestId: context.requestId });
      },
    );
  });
}

/** Node has detached its parser, so the request is put back without the upgrade and parsed again. */
function serveWithoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method = '', url = '', httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const [name = '', value = ''] = rawHeaders.slice(i, i + 2);
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) lines.push(`${name}: ${value}`);
  }
  if (/\bclose\b/i.test(request.headers.connection ?? '')) lines.push('Connection: close');
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
