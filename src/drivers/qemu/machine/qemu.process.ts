import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import type { Clock } from '../../../platform/async/clock';
import { commandLineOf, processIds, statOf, userIdOf, workingDirectoryOf } from '../../../platform/procfs';
import { codeOf, isNoEntry } from '../qemu.errors';
import type { InstanceDirectory, UnixUser } from '../files/instance-directory';
import { childEnvironment } from '../files/exec';

const LOOK_AGAIN_MS = 10;
const MAX_PID_BYTES = 32;
const IS_GONE = new Set(['ENOENT', 'ESRCH']);
/** Errors if a pid file is missing or was replaced by something other than a regular file. */
const SAYS_NOTHING = new Set(['ENOENT', 'ELOOP', 'ENXIO', 'EISDIR', 'ESPIPE', 'EAGAIN']);

/** A process, identified by pid and start time because pids are reused. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * Finds a machine's process by its pid file. Verifies that the process has the machine's id on its command line and
 * runs in the machine's directory. `undefined` does not prove that no process runs, because the user that QEMU runs as
 * can change the file; callers that need proof use `searchProcess`.
 * @throws {Error} system error if the process cannot be inspected
 */
export async function findProcess(directory: InstanceDirectory): Promise<ProcessIdentity | undefined> {
  const pid = Number(await firstBytesOf(directory.file('pid')));
  return Number.isSafeInteger(pid) && pid > 1 ? identify(pid, directory) : undefined;
}

/**
 * Like `findProcess`, but searches all processes if the pid file does not help, e.g. because QEMU has not written it
 * yet or has removed it. `undefined` proves that no process runs.
 * @throws {Error} system error if processes cannot be inspected
 */
export async function searchProcess(directory: InstanceDirectory): Promise<ProcessIdentity | undefined> {
  const known = await findProcess(directory);
  if (known) return known;
  for (const pid of await processIds()) {
    const identity = await identify(pid, directory);
    if (identity) return identity;
  }
  return undefined;
}

/** The process of a machine whose directory was moved or removed. */
export interface StrayProcess extends ProcessIdentity {
  /** False if the directory was removed, or moved to another file system (a copy and a removal). */
  readonly isMoved: boolean;
}

/**
 * Finds the process of a machine whose directory was moved or removed on the host. Ignores processes of users other
 * than the one machines run as: any user could start a process with a machine's id.
 * @throws {Error} system error if processes cannot be inspected
 */
export async function searchStray(
  { id }: InstanceDirectory,
  owner: UnixUser | undefined,
): Promise<StrayProcess | undefined> {
  const uid = owner?.uid ?? process.getuid?.();
  for (const pid of await processIds()) {
    if (!(await claims(pid, id))) continue;
    if ((await ifThere(userIdOf(pid))) !== uid) continue;
    const [startTime, place] = await Promise.all([startTimeOf(pid), ifThere(workingDirectoryOf(pid))]);
    if (startTime === undefined || place === undefined) continue;
    return { pid, startTime, isMoved: !place.endsWith(' (deleted)') };
  }
  return undefined;
}

async function identify(pid: number, directory: InstanceDirectory): Promise<ProcessIdentity | undefined> {
  if (!(await claims(pid, directory.id))) return undefined;
  const startTime = await startTimeOf(pid);
  if (startTime === undefined) return undefined;
  return (await worksIn(pid, directory)) ? { pid, startTime } : undefined;
}

/** Whether the command line of the process contains the machine's id. */
async function claims(pid: number, id: string): Promise<boolean> {
  const args = (await ifThere(commandLineOf(pid))) ?? [];
  const at = args.indexOf('-uuid');
  return at !== -1 && args[at + 1] === id;
}

export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  return (await startTimeOf(pid)) === startTime;
}

/** Kills the process, unless its pid has been reused. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  if (!(await isAlive(identity))) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch (error) {
    // The process has just ended.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** @returns whether the process ended within the time limit */
export async function waitUntilGone(
  identity: ProcessIdentity,
  {
    clock,
    signal,
    withinMs,
  }: { readonly clock: Clock; readonly signal: AbortSignal; readonly withinMs: number },
): Promise<boolean> {
  const end = performance.now() + withinMs;
  while (await isAlive(identity)) {
    if (performance.now() > end) return false;
    await clock.wait(LOOK_AGAIN_MS, signal);
  }
  return true;
}

export interface ProcessPlace {
  readonly directory: InstanceDirectory;
  readonly owner: UnixUser | undefined;
  readonly searchPath: string;
}

/** A child process of this service process. */
export interface Started {
  readonly child: ChildProcess;
  /** Its exit code or signal, or why it could not be started; undefined while it runs. */
  readonly ended: () => string | undefined;
}

/**
 * Starts a machine's process in its own session and in the machine's directory. It outlives this process and does not
 * inherit its environment, open files, or terminal.
 */
export async function startProcess(
  binary: string,
  args: readonly string[],
  { directory, owner, searchPath }: ProcessPlace,
): Promise<Started> {
  // Each start clears the log. QEMU appends to it, so that truncating it later leaves no hole.
  await (await open(directory.own('log'), 'w', 0o600)).close();
  const log = await open(directory.own('log'), 'a');
  try {
    const child = spawn(binary, args, {
      cwd: directory.work,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: childEnvironment(searchPath),
      ...owner,
    });
    let ended: string | undefined;
    child.once('error', (error) => (ended = isNoEntry(error) ? 'missing' : error.message));
    child.once('exit', (code, signal) => (ended = signal ?? `exit code ${code ?? -1}`));
    child.unref();
    return { child, ended: () => ended };
  } finally {
    await log.close();
  }
}

/** Returns the last log line of the process, without paths of the host. */
export async function lastLogLine(directory: InstanceDirectory): Promise<string> {
  const text = (await ifThere(readFile(directory.own('log'), 'utf8'))) ?? '';
  const line = text.trim().split('\n').at(-1) ?? '';
  return line
    .replace(/^\S*qemu-system-\S+: /, '')
    .replace(/(['"]?)\/[^\s'":,]+\1/g, '…')
    .slice(0, 200);
}

async function worksIn(pid: number, directory: InstanceDirectory): Promise<boolean> {
  const [place, own] = await Promise.all([ifThere(workingDirectoryOf(pid)), ifThere(directory.realPath())]);
  return place !== undefined && place === own;
}

async function startTimeOf(pid: number): Promise<string | undefined> {
  return (await ifThere(statOf(pid)))?.startTime;
}

/** Safely reads a file that another user may have replaced with a link, pipe, socket, directory or endless file. */
async function firstBytesOf(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAX_PID_BYTES), 0, MAX_PID_BYTES, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (SAYS_NOTHING.has(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/**
 * Returns undefined if the file or its process does not exist. Other errors, such as missing permissions or too many
 * open files, are thrown: treating them as absence could remove the disk of a running machine.
 */
async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (IS_GONE.has(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
