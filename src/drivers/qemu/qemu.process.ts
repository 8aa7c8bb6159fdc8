import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { Clock } from '../clock';
import { codeOf, isNoEntry } from './failures';
import type { InstanceDirectory, Owner } from './instance-directory';
import { childEnvironment } from './run-tool';

const LOOK_AGAIN_MS = 10;
const MAX_PID_BYTES = 32;
const IS_GONE = new Set(['ENOENT', 'ESRCH']);
/** Errors of a pid file that is missing or was replaced by something other than a file. */
const SAYS_NOTHING = new Set(['ENOENT', 'ELOOP', 'ENXIO', 'EISDIR', 'ESPIPE', 'EAGAIN']);

/** A process, told from a later one with the same number by the moment it began. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string;
}

/**
 * The process that a machine's pid file names. The number alone proves nothing: the process must have the machine's id
 * on its command line and work in the machine's directory. A missing process proves as little, because the guest's user
 * can change the file: callers that rely on the absence of a process search for it.
 * @throws {Error} of the system if the process cannot be inspected
 */
export async function findProcess(directory: InstanceDirectory): Promise<ProcessIdentity | undefined> {
  const pid = Number(await firstBytesOf(directory.file('pid')));
  return Number.isSafeInteger(pid) && pid > 1 ? identify(pid, directory) : undefined;
}

/**
 * The same where the file says nothing, because the process has only just begun or has removed it: looks at all
 * there are. Undefined is a proof.
 * @throws {Error} of the system where they cannot be looked at
 */
export async function searchProcess(directory: InstanceDirectory): Promise<ProcessIdentity | undefined> {
  const known = await findProcess(directory);
  if (known) return known;
  for (const name of await readdir('/proc')) {
    const identity = /^\d+$/.test(name) ? await identify(Number(name), directory) : undefined;
    if (identity) return identity;
  }
  return undefined;
}

/** The process of a machine whose directory is no longer in its original place. */
export interface StrayProcess extends ProcessIdentity {
  /** False if the directory was removed; moving it to another file system is a copy and a removal. */
  readonly isMoved: boolean;
}

/**
 * The process of a machine whose directory was moved or removed on the host. Only processes of the user that machines
 * run as count, because other users could start a process with the id of a machine.
 * @throws {Error} of the system if processes cannot be inspected
 */
export async function searchStray(
  { id }: InstanceDirectory,
  owner: Owner | undefined,
): Promise<StrayProcess | undefined> {
  const uid = owner?.uid ?? process.getuid?.();
  for (const name of await readdir('/proc')) {
    const pid = /^\d+$/.test(name) ? Number(name) : undefined;
    if (pid === undefined || !(await claims(pid, id))) continue;
    const user = await ifThere(stat(`/proc/${pid}`).then((stats) => stats.uid));
    if (user !== uid) continue;
    const [startTime, place] = await Promise.all([startTimeOf(pid), ifThere(readlink(`/proc/${pid}/cwd`))]);
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

/** Whether the command line of the process says that it is this machine. */
async function claims(pid: number, id: string): Promise<boolean> {
  const words = (await contentOf(`/proc/${pid}/cmdline`))?.split('\0') ?? [];
  const at = words.indexOf('-uuid');
  return at !== -1 && words[at + 1] === id;
}

export async function isAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  return (await startTimeOf(pid)) === startTime;
}

/** Ends it at once, unless its number is another's by now. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  if (!(await isAlive(identity))) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch (error) {
    // It was faster.
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** @returns whether it was gone within the time */
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
  readonly owner: Owner | undefined;
  readonly searchPath: string;
}

/** A process that was started here and now. */
export interface Started {
  readonly child: ChildProcess;
  /** Its exit code or signal, or why it could not be started; undefined as long as it runs. */
  readonly ended: () => string | undefined;
}

/**
 * Starts a machine in a session of its own, in its directory. It outlives this process, and gets nothing of it:
 * no environment, no open files, no terminal.
 */
export async function startProcess(
  binary: string,
  args: readonly string[],
  { directory, owner, searchPath }: ProcessPlace,
): Promise<Started> {
  // Anew with every start; to be appended to, so that cutting it short leaves no hole.
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

/** The last line that the process said, with paths left out: they are the host's. */
export async function lastWords(directory: InstanceDirectory): Promise<string> {
  const text = (await contentOf(directory.own('log'))) ?? '';
  const line = text.trim().split('\n').at(-1) ?? '';
  return line
    .replace(/^\S*qemu-system-\S+: /, '')
    .replace(/(['"]?)\/[^\s'":,]+\1/g, '…')
    .slice(0, 200);
}

async function worksIn(pid: number, directory: InstanceDirectory): Promise<boolean> {
  const [place, own] = await Promise.all([
    ifThere(readlink(`/proc/${pid}/cwd`)),
    ifThere(directory.realPath()),
  ]);
  return place !== undefined && place === own;
}

/** Field 22 of `stat`, in ticks since the host started. A process that has ended and waits to be reaped has none. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  const text = await contentOf(`/proc/${pid}/stat`);
  // The name before may hold anything, brackets too.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const isGone = fields === undefined || fields[0] === 'Z' || fields[0] === 'X';
  return isGone ? undefined : fields[19];
}

/** Of a file that is not the service's: it may be a link, a pipe, a socket or a directory by now, or endless. */
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

function contentOf(path: string): Promise<string | undefined> {
  return ifThere(readFile(path, 'utf8'));
}

/**
 * Undefined for what is not there: a file, or the process that it is of. Whatever else keeps us from looking, no
 * descriptor left or no permission, must not pass for that: a disk would be removed under a machine that runs.
 */
async function ifThere<T>(looking: Promise<T>): Promise<T | undefined> {
  try {
    return await looking;
  } catch (error) {
    if (IS_GONE.has(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}
