import { randomUUID } from 'node:crypto';
import { createConnection, type Socket } from 'node:net';
import { LineSplitter } from '../../../platform/values/line-splitter';
import { isRecord, parseRecord } from '../../../platform/values/records';

/** Maximum length of a line from QEMU; expected responses are much shorter. */
const MAX_LINE_BYTES = 1_048_576;

/** Errors of this process, such as too many open files, that do not mean QEMU is unreachable. */
const OURS = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'ENOBUFS', 'EACCES', 'EPERM']);

/** QEMU rejected a command; the message is QEMU's. */
export class QmpError extends Error {
  override readonly name = 'QmpError';
}

/** There was no response: the process is missing or hangs. */
export class QmpUnreachableError extends Error {
  override readonly name = 'QmpUnreachableError';
}

export interface QmpOptions {
  readonly signal: AbortSignal;
  /** Total time for the connection and all commands on it. */
  readonly timeoutMs: number;
}

/** Executes a QMP command and returns its result. */
export type QmpExecute = (command: string, args?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * Opens a short session with QEMU's monitor. The monitor serves one client at a time, across processes, so keep `work`
 * short.
 * @throws {QmpUnreachableError}
 * @throws {QmpError}
 */
export async function withQmp<T>(
  socketPath: string,
  { signal, timeoutMs }: QmpOptions,
  work: (execute: QmpExecute) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const connection = new Connection(createConnection({ path: socketPath }));
  const abort = (): void => connection.end(signal.reason);
  const late = (): void => connection.end(new QmpUnreachableError('QEMU does not respond'));
  const timer = setTimeout(late, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await connection.greeting;
    const execute: QmpExecute = (command, args) => connection.execute(command, args);
    // Pipelined: QEMU responds in order, and each round trip takes some milliseconds while a machine starts.
    const [, result] = await Promise.all([execute('qmp_capabilities'), work(execute)]);
    return result;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    connection.end(new QmpUnreachableError('the connection is closed'));
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

class Connection {
  readonly greeting: Promise<unknown>;
  private greeted: Pending | undefined;
  private readonly pending = new Map<string, Pending>();
  private readonly lines = new LineSplitter(MAX_LINE_BYTES, 'throw');

  constructor(private readonly socket: Socket) {
    this.greeting = new Promise((resolve, reject) => {
      this.greeted = { resolve, reject };
    });
    // Prevents an unhandled rejection if the caller has stopped waiting.
    this.greeting.catch(() => undefined);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      this.end(
        OURS.has(error.code ?? '') ? error : new QmpUnreachableError('QEMU is unreachable', { cause: error }),
      ),
    );
    socket.on('close', () => this.end(new QmpUnreachableError('QEMU closed the connection')));
  }

  execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) {
        reject(new QmpUnreachableError('the connection is closed'));
        return;
      }
      const id = randomUUID();
      this.pending.set(id, { resolve, reject });
      this.socket.write(`${JSON.stringify({ execute: command, arguments: args, id })}\n`);
    });
  }

  end(reason: unknown): void {
    this.socket.destroy();
    const waiting = [...this.pending.values(), ...(this.greeted ? [this.greeted] : [])];
    this.pending.clear();
    this.greeted = undefined;
    for (const { reject } of waiting) reject(reason);
  }

  private take(chunk: Buffer): void {
    try {
      for (const line of this.lines.take(chunk)) this.hear(line.toString('utf8'));
    } catch (cause) {
      this.end(new QmpUnreachableError('the response of QEMU is too large', { cause }));
    }
  }

  private hear(line: string): void {
    const message = parseRecord(line);
    if ('QMP' in message) {
      this.greeted?.resolve(message['QMP']);
      this.greeted = undefined;
      return;
    }
    // A message without a known id is an event. Events are for `followEvents`.
    const id = message['id'];
    const asked = typeof id === 'string' ? this.pending.get(id) : undefined;
    if (typeof id !== 'string' || !asked) return;
    this.pending.delete(id);
    if ('return' in message) asked.resolve(message['return']);
    else asked.reject(new QmpError(descriptionOf(message['error'])));
  }
}

function descriptionOf(error: unknown): string {
  return isRecord(error) && typeof error['desc'] === 'string' ? error['desc'] : 'QEMU gave no reason';
}
