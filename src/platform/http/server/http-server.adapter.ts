import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { HttpConfig } from '../http.config';
import { ConnectionTurns } from './connection-turns';
import { AppError } from '../../errors/app.error';
import type { ErrorDefinition } from '../../errors/define-errors';
import { HTTP_ERRORS } from '../http.errors';
import { endWithProblem } from './raw-response';

const CHECK_INTERVAL_MS = 1000;
const MAX_HEADER_BYTES = 16_384;
const SOCKET_TIMEOUT_MS = 30_000;
/** How often a closing server closes idle connections. */
const IDLE_CHECK_MS = 50;

/** Errors that Node reports before a request is complete, by error code. */
const CONNECTION_ERRORS: Readonly<Record<string, ErrorDefinition>> = {
  ERR_HTTP_REQUEST_TIMEOUT: HTTP_ERRORS.request_timeout,
  HPE_HEADER_OVERFLOW: HTTP_ERRORS.headers_too_large,
};

export interface HttpServerOptions extends Pick<HttpConfig, 'requestTimeoutMs' | 'keepAliveMs'> {
  /** How long a client may stop reading its response, by default 30 seconds. */
  readonly socketTimeoutMs?: number;
}

/** Express on an HTTP server with our own timeouts; errors below Express are problem documents, too. */
export class HttpServerAdapter extends ExpressAdapter {
  private readonly connections = new Set<Socket>();
  private closing: Promise<void> | undefined;

  constructor(private readonly config: HttpServerOptions) {
    super();
  }

  override initHttpServer(): void {
    const { requestTimeoutMs, keepAliveMs, socketTimeoutMs = SOCKET_TIMEOUT_MS } = this.config;
    const turns = new ConnectionTurns(this.getInstance<RequestListener>());
    const server = createServer(
      {
        requestTimeout: requestTimeoutMs,
        headersTimeout: requestTimeoutMs,
        keepAliveTimeout: keepAliveMs,
        connectionsCheckingInterval: CHECK_INTERVAL_MS,
        maxHeaderSize: MAX_HEADER_BYTES,
        // Node would otherwise use the first `Authorization` or `Content-Type` and drop the others.
        joinDuplicateHeaders: true,
        // Node would reject it with an empty response.
        requireHostHeader: false,
      },
      (request, response) => {
        if (!hasOneHost(request)) refuse(new Error('missing or repeated Host header'), request.socket);
        else turns.take(request, response);
      },
    );
    // The default is 1000, and Node 20 silently drops the rest. MAX_HEADER_BYTES limits headers instead.
    server.maxHeadersCount = 0;
    server.timeout = socketTimeoutMs;
    server.on('timeout', (socket: Socket) => {
      // A request may run as long as it needs, but its response must be read.
      if (turns.isServing(socket) === false || socket.writableLength > 0) socket.destroy();
    });
    server.on('clientError', refuse);
    server.on('checkExpectation', ({ socket }) => answer(socket, HTTP_ERRORS.expectation_failed));
    server.on('connect', (_request, socket) => answer(socket, HTTP_ERRORS.malformed_request));
    server.on('connection', (socket) => {
      this.connections.add(socket);
      socket.once('close', () => this.connections.delete(socket));
    });
    this.httpServer = server;
  }

  /** Stops accepting connections and closes each one that is not serving a request. Resolves when all are closed. */
  override close(): Promise<void> {
    this.closing ??= this.closeConnections(this.httpServer);
    return this.closing;
  }

  private async closeConnections(server: Server): Promise<void> {
    const endIdle = (): void => {
      server.closeIdleConnections();
      // Node does not count a connection as idle before its first request, and browsers open some in advance.
      for (const socket of this.connections) if (socket.bytesRead === 0) socket.destroy();
    };
    const timer = setInterval(endIdle, IDLE_CHECK_MS).unref();
    try {
      await new Promise((resolve) => server.close(resolve));
    } finally {
      clearInterval(timer);
    }
  }
}

function hasOneHost({ headers: { host }, httpVersion }: IncomingMessage): boolean {
  return host === undefined ? httpVersion !== '1.1' : !host.includes(',');
}

function refuse(
  error: NodeJS.ErrnoException,
  socket: Duplex & { _httpMessage?: ServerResponse | null },
): void {
  if (!socket.writable || error.code === 'ECONNRESET' || socket._httpMessage?.headersSent) {
    socket.destroy();
    return;
  }
  answer(socket, CONNECTION_ERRORS[error.code ?? ''] ?? HTTP_ERRORS.malformed_request);
}

function answer(socket: Duplex, definition: ErrorDefinition): void {
  endWithProblem(socket, new AppError(definition), { path: '', requestId: randomUUID() });
}
