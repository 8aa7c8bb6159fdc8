import { Logger } from '@nestjs/common';
import {
  closeSync,
  ftruncateSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  currentProcess,
  isAlive,
  isProcessIdentity,
  isSameMachine,
  type ProcessIdentity,
} from './process-identity';

const LOCK_FILE = /^lock\.(\d+)$/;
const RELEASED = 'released\n';
const HEARTBEAT_MS = 2000;
/** A holder whose process cannot be checked (another host or container) counts as dead after this silence. */
const SILENCE_MS = 15_000;
/** More than two heartbeats. */
const WATCH_MS = 5000;

export class DirectoryInUseError extends Error {
  constructor(path: string, holder: string) {
    super(`DATA_DIR ${path} is in use by ${holder}; stop that process or set another DATA_DIR`);
    this.name = 'DirectoryInUseError';
  }
}

/**
 * Locks a directory for one process; survives crashes, reused pids and containers that share the directory.
 *
 * Each holder creates a lock file of its own with an increasing number, and takes over by creating the next
 * number exclusively. So of two processes that both find a dead holder only one can win, which a scheme
 * that deletes stale files cannot guarantee. Numbers never decrease: a release marks the file and keeps it.
 */
export class DirectoryLock {
  private readonly logger = new Logger('Database');
  private readonly heartbeat: NodeJS.Timeout;

  private constructor(private readonly file: string) {
    this.heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS);
    this.heartbeat.unref();
  }

  /** @throws {DirectoryInUseError} naming the holder. */
  static async acquire(path: string): Promise<DirectoryLock> {
    const newest = newestLock(path);
    const holder = newest > 0 ? await holderOf(path, newest) : undefined;
    if (holder !== undefined) throw new DirectoryInUseError(path, holder);
    const file = fileOf(path, newest + 1);
    claim(file, path);
    // Other processes may have come and gone since the check above, and one of them may hold the directory now.
    const winner = newestLock(path);
    if (winner !== newest + 1) {
      rmSync(file, { force: true });
      throw new DirectoryInUseError(path, 'a process that started at the same moment');
    }
    for (const number of lockNumbers(path)) {
      if (number <= newest) rmSync(fileOf(path, number), { force: true });
    }
    return new DirectoryLock(file);
  }

  private beat(): void {
    try {
      utimesSync(this.file, new Date(), new Date());
    } catch (error) {
      this.logger.error({ err: error }, 'failed to renew the lock of the data directory');
    }
  }

  release(): void {
    clearInterval(this.heartbeat);
    try {
      overwrite(this.file, RELEASED);
    } catch (error) {
      // Not fatal: the next process sees that this one is dead.
      this.logger.warn({ err: error }, 'failed to release the lock of the data directory');
    }
  }
}

/** Content of a lock file: which process holds which directory. */
interface Claim extends ProcessIdentity {
  /** Device and inode. They differ in a copy of the directory and may differ between mounts; absent in old locks. */
  readonly directory?: string;
}

function claim(file: string, path: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o644);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new DirectoryInUseError(path, 'a process that started at the same moment');
    }
    throw error;
  }
  try {
    const content: Claim = { ...currentProcess(), directory: identityOf(path) };
    writeAll(descriptor, `${JSON.stringify(content)}\n`);
  } catch (error) {
    // On a full disk, for example. An empty file would look like a process that is starting.
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** Replaces the content in place, which needs no space on a full disk. */
function overwrite(file: string, content: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeAll(descriptor, content);
    ftruncateSync(descriptor, Buffer.byteLength(content));
  } finally {
    closeSync(descriptor);
  }
}

/** @throws {Error} if not everything was written. */
function writeAll(descriptor: number, content: string): void {
  const length = Buffer.byteLength(content);
  const written = writeSync(descriptor, content);
  if (written !== length) throw new Error(`only ${written} of ${length} bytes were written`);
}

function fileOf(path: string, number: number): string {
  return join(path, `lock.${number}`);
}

function identityOf(path: string): string {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
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

/** Describes the process that holds the lock; undefined if it is free. */
async function holderOf(path: string, number: number): Promise<string | undefined> {
  const file = fileOf(path, number);
  const content = readFileSync(file, 'utf8');
  if (content === RELEASED) return undefined;
  const holder = parse(content);
  // Created but not written yet: a process is starting, or died while starting.
  if (!holder) return (await isSilent(file)) ? undefined : 'a process that is starting';
  const name = `process ${holder.pid} on ${holder.host}`;
  const life = isAlive(holder);
  if (life === 'dead') return undefined;
  // A copied lock has a recent mtime too: only watching it shows whether a process still touches it.
  if (mayBeCopy(holder, path)) return (await isUntouched(file)) ? undefined : name;
  if (life === 'alive') return name;
  return (await isSilent(file)) ? undefined : name;
}

/**
 * Whether the lock may have been copied together with its directory. A directory
 * mounted twice (NFS, FUSE) looks the same, so this does not prove that the holder is gone.
 */
function mayBeCopy(holder: Claim, path: string): boolean {
  if (holder.directory === undefined || !isSameMachine(holder, currentProcess())) return false;
  return holder.directory !== identityOf(path);
}

/**
 * Whether the holder has stopped touching its file. After a clock change a live holder may look stale
 * and a dead one may have an mtime in the future, so the file is also watched for a while.
 */
async function isSilent(file: string): Promise<boolean> {
  if (Math.abs(Date.now() - statSync(file).mtimeMs) <= SILENCE_MS) return false;
  return isUntouched(file);
}

async function isUntouched(file: string): Promise<boolean> {
  const { mtimeMs } = statSync(file);
  await delay(WATCH_MS);
  // Another process that was watching too may have taken over and deleted it.
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs === mtimeMs;
}

function parse(content: string): Claim | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (!isProcessIdentity(value)) return undefined;
    const directory: unknown = Reflect.get(value, 'directory');
    return typeof directory === 'string' ? { ...value, directory } : value;
  } catch {
    // Half-written content is expected here, not an error: the lock is not held yet.
    return undefined;
  }
}
