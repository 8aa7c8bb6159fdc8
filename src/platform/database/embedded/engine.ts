import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { withTimeout, TimeoutError } from '../../async/timeout';
import { messageOf } from '../../errors/app.error';
import type { Statement } from '../database';
import {
  EngineError,
  EngineLostError,
  EngineOverloadedError,
  type EngineOptions,
  type EngineReply,
  type EngineRequest,
} from './engine-protocol';
import { RESERVED_BYTES, spaceProblem } from './free-space';

/** Limit of queued statements; beyond it, the engine counts as overloaded. */
const MAX_PENDING = 10_000;
const TICK_MS = 500;
/** A cluster that was not shut down cleanly replays its WAL first. */
const OPEN_TIMEOUT_MS = 120_000;
const CLOSE_TIMEOUT_MS = 5000;
/** A migration may take far longer than a request's statement. */
const SCRIPT_TIMEOUT_MS = 600_000;
/** On a full disk a write can spin forever, so it does not get the full statement timeout. */
const FULL_DISK_TIMEOUT_MS = 2000;

interface Pending {
  readonly kind: EngineRequest['kind'];
  /** Statement name, for the log. */
  readonly name: string;
  readonly timeoutMs: number;
  readonly resolve: (rows: readonly never[]) => void;
  readonly reject: (error: Error) => void;
}

export interface EngineBounds {
  /** Time limit for one statement before the engine is terminated. */
  readonly statementTimeoutMs: number;
  /** Called once, after the thread has ended without being closed. */
  readonly onLost: (error: Error) => void;
}

/**
 * PGlite in a worker thread, which keeps the event loop free and can be terminated if
 * PGlite hangs. Everything committed is in its files by then.
 */
export class Engine {
  private readonly pending = new Map<number, Pending>();
  private readonly watchdog: NodeJS.Timeout;
  private lastId = 0;
  /** Ticks since the last reply. Counted, not timed, so that suspending the process does not count as silence. */
  private idleTicks = 0;
  /** Whether the thread currently refuses writes. */
  private isReadOnly = false;
  private isEnding = false;

  private constructor(
    private readonly worker: Worker,
    private readonly directory: string,
    private readonly bounds: EngineBounds,
    private readonly exited: Promise<Error>,
  ) {
    worker.on('message', (reply: EngineReply<never>) => this.receive(reply));
    void exited.then((error) => this.ended(error));
    this.watchdog = setInterval(() => this.tick(), TICK_MS);
    this.watchdog.unref();
  }

  /** @throws {Error} if the database does not open. */
  static async start(options: EngineOptions, bounds: EngineBounds, signal: AbortSignal): Promise<Engine> {
    const worker = new Worker(...threadOf(options));
    worker.stdout.resume();
    worker.stderr.resume();
    const exited = endOf(worker);
    try {
      await withTimeout({ timeoutMs: OPEN_TIMEOUT_MS, signal }, () =>
        Promise.race([opened(worker), exited.then((error) => Promise.reject(error))]),
      );
    } catch (error) {
      await worker.terminate();
      if (!(error instanceof TimeoutError)) throw error;
      throw new Error(`opening timed out after ${OPEN_TIMEOUT_MS / 1000} s`, { cause: error });
    }
    return new Engine(worker, dirname(options.path), bounds, exited);
  }

  /** @throws {EngineError} as PostgreSQL reports it, {EngineOverloadedError} or {EngineLostError}. */
  call(kind: EngineRequest['kind'], { name, text, values }: Statement): Promise<readonly never[]> {
    if (this.isEnding) return Promise.reject(new EngineLostError('the embedded database is restarting'));
    if (this.pending.size >= MAX_PENDING) return Promise.reject(new EngineOverloadedError(MAX_PENDING));
    if (this.pending.size === 0) this.idleTicks = 0;
    const id = ++this.lastId;
    const timeoutMs = kind === 'script' ? SCRIPT_TIMEOUT_MS : this.bounds.statementTimeoutMs;
    return new Promise((resolve, reject) => {
      const request: EngineRequest = { id, kind, text, values };
      this.worker.postMessage(request);
      this.pending.set(id, { kind, name, timeoutMs, resolve, reject });
    });
  }

  /** Resolves when the thread has ended. */
  async close(): Promise<void> {
    const closing = this.call('close', { name: 'close', text: '', values: [] });
    this.isEnding = true;
    // The thread is terminated regardless of the outcome: everything committed is in its files.
    await withTimeout({ timeoutMs: CLOSE_TIMEOUT_MS }, () => Promise.race([closing, this.exited])).catch(
      () => undefined,
    );
    await this.worker.terminate();
  }

  private receive(reply: EngineReply<never>): void {
    this.idleTicks = 0;
    if (reply.kind === 'ready' || reply.kind === 'unopened') return;
    if (reply.kind === 'access') {
      this.isReadOnly = reply.isReadOnly;
      return;
    }
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if (reply.kind === 'rows') {
      pending?.resolve(reply.rows);
      return;
    }
    pending?.reject(new EngineError(reply.failure));
    if (reply.failure.isFatal) this.abandon(reply.failure.message);
  }

  private tick(): void {
    // The thread replies in order, so the oldest one is running.
    const [running] = this.pending.values();
    if (!running) return;
    // The statement may have started just before the first tick.
    const silentMs = this.idleTicks++ * TICK_MS;
    const idleTimeout = `the embedded database did not answer statement ${running.name}`;
    if (silentMs >= running.timeoutMs) {
      this.abandon(`${idleTimeout} within ${running.timeoutMs} ms`);
    } else if (silentMs >= FULL_DISK_TIMEOUT_MS && this.mayWrite(running)) {
      const problem = spaceProblem(this.directory, RESERVED_BYTES);
      if (problem !== undefined) this.abandon(`${idleTimeout}, and its disk may be full: ${problem}`);
    }
  }

  private mayWrite({ kind }: Pending): boolean {
    return kind === 'script' || kind === 'close' || !this.isReadOnly;
  }

  private abandon(reason: string): void {
    if (this.isEnding) return;
    this.isEnding = true;
    this.rejectPending(reason);
    void this.worker.terminate().then(() => this.bounds.onLost(new EngineLostError(reason)));
  }

  private ended(error: Error): void {
    clearInterval(this.watchdog);
    this.rejectPending(error.message);
    if (this.isEnding) return;
    this.isEnding = true;
    this.bounds.onLost(error);
  }

  private rejectPending(reason: string): void {
    const lost = new EngineLostError(reason);
    for (const { reject } of this.pending.values()) reject(lost);
    this.pending.clear();
  }
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', (reply: EngineReply<never>) => {
      if (reply.kind === 'unopened') reject(new Error(reply.reason));
      else resolve();
    });
  });
}

/** Resolves with the reason the thread ended; never rejects. */
function endOf(worker: Worker): Promise<Error> {
  return new Promise((resolve) => {
    let cause: Error | undefined;
    worker.once('error', (error: unknown) => {
      cause = new Error(messageOf(error));
    });
    worker.once('exit', () =>
      resolve(cause ?? new EngineLostError('the thread of the embedded database exited')),
    );
  });
}

/** The compiled file, or the TypeScript file in tests and scripts. */
function threadOf(workerData: EngineOptions): ConstructorParameters<typeof Worker> {
  const compiled = join(__dirname, 'engine-thread.js');
  const options = { workerData, stdout: true, stderr: true, name: 'database' };
  if (existsSync(compiled)) return [compiled, { ...options, execArgv: [] }];
  const typescript = join(__dirname, '..', '..', '..', '..', 'scripts', 'typescript.cjs');
  return [join(__dirname, 'engine-thread.ts'), { ...options, execArgv: ['--require', typescript] }];
}
