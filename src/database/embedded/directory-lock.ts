import { Logger } from '@nestjs/common';
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { currentProcess, isAlive, isProcessIdentity, type ProcessIdentity } from './process-identity';

const LOCK_FILE = /^lock\.(\d+)$/;
const RELEASED = 'released\n';
const HEARTBEAT_MS = 2000;
/** A holder that cannot be looked up (another host or container) counts as dead after this silence. */
const SILENCE_MS = 15_000;

export class DirectoryInUseError extends Error {
  constructor(path: string, holder: string) {
    super(`DATA_DIR ${path} is in use by ${holder}; stop that process or set another DATA_DIR`);
    this.name = 'DirectoryInUseError';
  }
}

/**
 * Keeps a directory for one process, also across crashes, reused pids and containers that share it.
 *
 * Each holder has a lock file of its own with a growing number; taking over means creating the next
 * number exclusively. So two processes that both find a dead holder cannot both win, which no scheme
 * that deletes a stale file can promise. Numbers never go back: a release empties the claim, not the file.
 */
export class DirectoryLock {
  private readonly logger = new Logger('Database');
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(private readonly file: string) {
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  /** @throws {DirectoryInUseError} that names the holder. */
  static acquire(path: string): DirectoryLock {
    const newest = newestLock(path);
    const holder = newest > 0 ? holderOf(join(path, `lock.${newest}`)) : undefined;
    if (holder !== undefined) throw new DirectoryInUseError(path, holder);
    const file = join(path, `lock.${newest + 1}`);
    claim(file, path);
    // Looked long ago and woke up late: others came and went meanwhile, and one may be there now.
    const winner = newestLock(path);
    if (winner !== newest + 1) {
      rmSync(file, { force: true });
      throw new DirectoryInUseError(path, holderOf(join(path, `lock.${winner}`)) ?? 'another process');
    }
    for (const number of lockNumbers(path)) {
      if (number <= newest) rmSync(join(path, `lock.${number}`), { force: true });
    }
    return new DirectoryLock(file);
  }

  private beat(): void {
    try {
      utimesSync(this.file, new Date(), new Date());
    } catch (error) {
      this.logger.error({ err: error }, 'the lock of the data directory cannot be kept alive');
    }
  }

  release(): void {
    clearInterval(this.heartbeat);
    write(this.file, 'w', RELEASED);
  }
}

function claim(file: string, path: string): void {
  try {
    write(file, 'wx', `${JSON.stringify(currentProcess())}\n`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new DirectoryInUseError(path, holderOf(file) ?? 'a process that started at the same moment');
    }
    throw error;
  }
}

function write(file: string, flags: 'w' | 'wx', content: string): void {
  const descriptor = openSync(file, flags, 0o644);
  try {
    writeSync(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

function lockNumbers(path: string): number[] {
  return readdirSync(path).flatMap((name) => {
    const number = LOCK_FILE.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function newestLock(path: string): number {
  return Math.max(0, ...lockNumbers(path));
}

/** Who holds the lock, in words; undefined where nobody does any more. */
function holderOf(file: string): string | undefined {
  const content = readFileSync(file, 'utf8');
  if (content === RELEASED) return undefined;
  const isSilent = Date.now() - statSync(file).mtimeMs > SILENCE_MS;
  const holder = parse(content);
  // Created, not written yet: somebody is starting just now, or died doing so.
  if (!holder) return isSilent ? undefined : 'a process that is starting';
  const name = `process ${holder.pid} on ${holder.host}`;
  switch (isAlive(holder)) {
    case 'alive':
      return name;
    case 'dead':
      return undefined;
    case 'unknown':
      return isSilent ? undefined : name;
  }
}

function parse(content: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return isProcessIdentity(value) ? value : undefined;
  } catch {
    // Half-written content is an answer here, not a failure: nobody has this lock yet.
    return undefined;
  }
}
