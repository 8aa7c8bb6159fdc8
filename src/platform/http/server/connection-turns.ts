import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of a connection that may wait for their turn; more than pipelining clients send. */
const MAX_WAITING = 100;

interface Line {
  isServing: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Serves the requests of each connection one after the other. A client that pipelines many requests (RFC 9112, section
 * 9.3.2) without reading responses costs the memory of one response. A connection with too many waiting requests is
 * closed; requests that have not started are not executed.
 */
export class ConnectionTurns {
  private readonly lines = new WeakMap<Socket, Line>();

  constructor(private readonly serve: RequestListener) {}

  /** Whether a request of this connection is being served; undefined before its first request. */
  isServing(socket: Socket): boolean | undefined {
    return this.lines.get(socket)?.isServing;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const line = this.lineOf(socket);
    if (socket.destroyed) return;
    const begin = (): void => {
      response.once('close', () => this.next(socket, line));
      this.serve(request, response);
    };
    if (!line.isServing) {
      line.isServing = true;
      begin();
    } else if (line.waiting.length < MAX_WAITING) {
      line.waiting.push(begin);
    } else {
      line.waiting.length = 0;
      socket.destroy();
    }
  }

  private lineOf(socket: Socket): Line {
    const known = this.lines.get(socket);
    if (known) return known;
    const line = { isServing: false, waiting: [] };
    this.lines.set(socket, line);
    return line;
  }

  private next(socket: Socket, line: Line): void {
    if (socket.destroyed) line.waiting.length = 0;
    const begin = line.waiting.shift();
    line.isServing = begin !== undefined;
    begin?.();
  }
}
