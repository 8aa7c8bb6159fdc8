import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that may arrive on a connection before their turn; far more than clients send that pipeline. */
const MAX_WAITING = 1000;

interface Line {
  isServing: boolean;
  /** Whether reading from the connection is paused here. */
  isPaused: boolean;
  /** Whether a request was refused: the connection ends after its answer. */
  isClosing: boolean;
  readonly waiting: (() => void)[];
}

/**
 * Serves the requests of each connection one after the other, and reads nothing more while some wait. A client that
 * sends many requests at once (pipelining; RFC 9112, section 9.3.2) and reads no answers costs the memory of one.
 */
export class ConnectionTurns {
  private readonly lines = new WeakMap<Socket, Line>();

  /** @param refuse answers a request that came while too many waited, and closes the connection after it */
  constructor(
    private readonly serve: RequestListener,
    private readonly refuse: (response: ServerResponse) => void,
  ) {}

  /** Whether a request of this connection is being served; undefined before its first request. */
  isServing(socket: Socket): boolean | undefined {
    return this.lines.get(socket)?.isServing;
  }

  take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const line = this.lineOf(socket);
    if (line.isClosing) return;
    const begin = (): void => {
      response.once('close', () => this.next(socket, line));
      this.serve(request, response);
    };
    if (!line.isServing) {
      line.isServing = true;
      begin();
      return;
    }
    line.isPaused = true;
    socket.pause();
    if (line.waiting.length < MAX_WAITING) {
      line.waiting.push(begin);
    } else {
      line.isClosing = true;
      line.waiting.push(() => this.refuse(response));
    }
  }

  private lineOf(socket: Socket): Line {
    const known = this.lines.get(socket);
    if (known) return known;
    const line = { isServing: false, isPaused: false, isClosing: false, waiting: [] };
    this.lines.set(socket, line);
    return line;
  }

  private next(socket: Socket, line: Line): void {
    if (socket.destroyed) {
      line.waiting.length = 0;
      return;
    }
    const begin = line.waiting.shift();
    line.isServing = begin !== undefined;
    if (begin) begin();
    else if (line.isPaused) {
      line.isPaused = false;
      socket.resume();
    }
  }
}
