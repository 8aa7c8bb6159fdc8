import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const STOP_MS = 30_000;

/** Child processes of this run that are still alive; no other process is ever killed. */
const alive = new Set<ChildProcess>();

export function launch(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return track(spawn(command, args, options));
}

export function track(child: ChildProcess): ChildProcess {
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  // A failed start is reported by `untilReady`, as an exit.
  child.once('error', () => alive.delete(child));
  return child;
}

function isAlive(child: ChildProcess): boolean {
  return alive.has(child);
}

/** Signals the process to end, and kills it after a timeout. */
export async function stop(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (!alive.has(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const patience = new AbortController();
  const late = delay(STOP_MS, 'late' as const, { signal: patience.signal }).catch(() => 'ended' as const);
  if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
  await ended;
  patience.abort();
}

/** Kills all without waiting, for use at exit. */
export function killAll(): void {
  for (const child of alive) child.kill('SIGKILL');
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** Has the server listen on 127.0.0.1; resolves with its port. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

/** Retries until it works; throws the last failure on timeout, or an error if the process has ended. */
export async function untilReady<T>(
  child: ChildProcess,
  attempt: () => Promise<T>,
  { timeoutMs, everyMs }: { timeoutMs: number; everyMs: number },
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isAlive(child)) throw new Error('a process ended before it was ready', { cause: error });
      if (performance.now() > end) throw error;
    }
    await delay(everyMs);
  }
}
