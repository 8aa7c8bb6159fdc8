import { setTimeout as delay } from 'node:timers/promises';
import { isRecord } from '../../../platform/values/records';
import { DriverError } from '../../port/driver-call';
import { QmpError, type QmpExecute } from './qmp.client';

const LOOK_EVERY_MS = 10;
const MAX_REASON = 200;

/** Node and job of a memory that is saved or loaded. It has a file of its own, apart from the disk. */
export const MEMORY_NODE = 'memory';
/** Names the memory in its file. */
export const MEMORY_TAG = 'snapshot';

/** Time limit for saving or loading memory. QEMU does not serve its monitor meanwhile. */
export function memoryMs({ ramGB }: { readonly ramGB: number }): number {
  return 60_000 + ramGB * 30_000;
}

/** A job of QEMU ended with an error. */
export class JobFailedError extends DriverError {
  /** @param reason from QEMU, without the paths of the host */
  constructor(reason: string) {
    super(sentenceFor(reason), { retryable: true });
    this.name = 'JobFailedError';
  }
}

function sentenceFor(reason: string): string {
  if (reason.includes('No space left')) return "The host's disk is full";
  // QEMU reports every error as an error of input or output then.
  if (reason.includes('writing VM state')) return "The memory cannot be written: the host's disk may be full";
  return `QEMU reported an error: ${reason.slice(0, MAX_REASON)}`;
}

interface BlockJob {
  readonly id: string;
  readonly isConcluded: boolean;
  /** Null if it has succeeded or goes on. */
  readonly error: string | null;
}

/** Opens a file in the directory of the machine. */
export async function addNode(
  execute: QmpExecute,
  name: string,
  { driver, file: filename }: { readonly driver: 'qcow2' | 'raw'; readonly file: string },
): Promise<void> {
  await execute('blockdev-add', { driver, 'node-name': name, file: { driver: 'file', filename } });
}

/** Closes files; those that are not open count as closed. */
export async function removeNodes(execute: QmpExecute, names: readonly string[]): Promise<void> {
  const nodes = await execute('query-named-block-nodes', { flat: true });
  const all: readonly unknown[] = Array.isArray(nodes) ? nodes : [];
  const open = new Set(all.filter(isRecord).map((node) => node['node-name']));
  for (const name of names) if (open.has(name)) await execute('blockdev-del', { 'node-name': name });
}

async function jobsOf(execute: QmpExecute, ids: readonly string[]): Promise<readonly BlockJob[]> {
  const answer = await execute('query-jobs');
  const all: readonly unknown[] = Array.isArray(answer) ? answer : [];
  return all.filter(isRecord).flatMap(({ id, status, error }) =>
    typeof id === 'string' && ids.includes(id)
      ? [
          {
            id,
            isConcluded: status === 'concluded',
            error: typeof error === 'string' ? error : null,
          },
        ]
      : [],
  );
}

/**
 * Runs a job that QEMU ends soon, on one connection.
 * @throws {JobFailedError | QmpError}
 */
export async function runJob(
  execute: QmpExecute,
  command: 'snapshot-save' | 'snapshot-load',
  args: Readonly<Record<string, unknown>>,
): Promise<void> {
  await execute(command, { 'job-id': MEMORY_NODE, ...args });
  while (!(await haveEnded(execute, [MEMORY_NODE]))) await delay(LOOK_EVERY_MS);
}

/**
 * Whether all of these jobs have ended; if so, QEMU forgets them.
 * @throws {JobFailedError} if one of them has failed or is missing
 */
export async function haveEnded(execute: QmpExecute, ids: readonly string[]): Promise<boolean> {
  const jobs = await jobsOf(execute, ids);
  if (jobs.length < ids.length) throw new JobFailedError('a job is missing');
  if (!jobs.every(({ isConcluded }) => isConcluded)) return false;
  for (const { id } of jobs) await execute('job-dismiss', { id });
  const failed = jobs.find(({ error }) => error !== null);
  if (failed?.error != null) throw new JobFailedError(failed.error);
  return true;
}

/** Ends jobs that are in progress, and makes QEMU forget those that have ended. */
export async function cancelJobs(execute: QmpExecute, ids: readonly string[]): Promise<void> {
  for (const { id, isConcluded } of await jobsOf(execute, ids)) {
    // It may just have ended.
    if (!isConcluded) await ignoreRefusal(execute('job-cancel', { id }));
  }
  for (let jobs = await jobsOf(execute, ids); jobs.length > 0; jobs = await jobsOf(execute, ids)) {
    for (const { id, isConcluded } of jobs) if (isConcluded) await execute('job-dismiss', { id });
    if (!jobs.every(({ isConcluded }) => isConcluded)) await delay(LOOK_EVERY_MS);
  }
}

async function ignoreRefusal(command: Promise<unknown>): Promise<void> {
  await command.catch((error: unknown) => {
    if (!(error instanceof QmpError)) throw error;
  });
}
