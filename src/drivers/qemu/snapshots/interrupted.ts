import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { abortOnTimeout } from '../../../platform/async/timeout';
import { parseRecord } from '../../../platform/values/records';
import type { InstanceDirectory } from '../files/instance-directory';
import { searchProcess } from '../machine/qemu.process';
import { PAUSED } from '../machine/status-mapper';
import { isNoEntry } from '../qemu.errors';
import type { QemuHost } from '../qemu.host';
import { cancelJobs, MEMORY_NODE, removeNodes } from '../qmp/block-jobs';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { BACKUPS } from './backup';
import { thaw } from './quiesced';

/** Saving the memory of a large guest keeps QEMU from responding. */
const PATIENT_MS = 60_000;
/** For an agent that may never respond. */
const THAW_MS = 10_000;
const TAKEN = ['takenDisk', 'takenMemory', 'takenEfiVariables'] as const;

/** What an attempt to take a snapshot may have changed at a machine; noted before it does. */
export interface TakingNote {
  /** Whether the guest ran before. */
  readonly wasRunning: boolean;
  /** Whether its processors are stopped. */
  readonly isStopped: boolean;
  /** Whether its file systems are frozen. */
  readonly isFrozen: boolean;
}

export async function noteTaking(directory: InstanceDirectory, note: TakingNote): Promise<void> {
  // Not synced: a guest does not survive the host.
  const next = `${directory.own('taking')}.new`;
  try {
    await writeFile(next, JSON.stringify(note), { mode: 0o600 });
    await rename(next, directory.own('taking'));
  } catch (error) {
    // The disk may be full.
    await rm(next, { force: true });
    throw error;
  }
}

/**
 * Undoes what an interrupted attempt to take a snapshot has left at a machine: the guest writes to its disk again, and runs
 * if it ran. Requires the lock of the machine.
 * @throws {DriverError} if its agent does not respond; the next call tries again
 */
export async function repairTaking(
  host: QemuHost,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  if (await endInterrupted(directory, signal)) await thaw(host, directory, signal);
  await rm(directory.own('taking'), { force: true });
}

/**
 * Like `repairTaking`, but does not depend on the agent in the guest: without its response, the file systems stay frozen
 * until a later repair.
 */
export async function giveUpTaking(
  host: QemuHost,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  if (await endInterrupted(directory, signal)) {
    try {
      await abortOnTimeout({ timeoutMs: THAW_MS, signal }, (bounded) => thaw(host, directory, bounded));
    } catch {
      signal.throwIfAborted();
      return;
    }
  }
  await rm(directory.own('taking'), { force: true });
}

/** @returns whether the file systems of the guest are still to be thawed */
async function endInterrupted(directory: InstanceDirectory, signal: AbortSignal): Promise<boolean> {
  const note = await readNote(directory);
  if (!note) return false;
  const runs = (await searchProcess(directory)) !== undefined;
  // The guest runs first, because the agent of a stopped one does not respond.
  if (runs) await endTaking(directory, note, signal);
  for (const name of TAKEN) await rm(directory.file(name), { force: true });
  return runs && note.isFrozen;
}

/** Lets the guest go on, and touches nothing else. */
export async function releaseGuest(
  host: QemuHost,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  const note = await readNote(directory);
  if (!note) return;
  const monitor = new QemuMonitor(directory, PATIENT_MS);
  if (note.isStopped && (await monitor.status(signal)) === PAUSED) await monitor.resume(signal);
  if (note.isFrozen) await thaw(host, directory, signal);
}

async function endTaking(
  directory: InstanceDirectory,
  { wasRunning, isStopped }: TakingNote,
  signal: AbortSignal,
): Promise<void> {
  const monitor = new QemuMonitor(directory, PATIENT_MS);
  await monitor.talk(signal, async (execute) => {
    const ids = [...BACKUPS, MEMORY_NODE];
    await cancelJobs(execute, ids);
    await removeNodes(execute, ids);
  });
  const status = await monitor.status(signal);
  const isHeld = isStopped && [PAUSED, 'save-vm', 'restore-vm'].includes(status);
  // Writes of the guest fail if there is no space for what they replace; QEMU tries them again.
  if (wasRunning && (isHeld || status === 'io-error')) await monitor.resume(signal);
}

async function readNote(directory: InstanceDirectory): Promise<TakingNote | undefined> {
  const text = await readFile(directory.own('taking'), 'utf8').catch((error: unknown) => {
    if (isNoEntry(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const note = parseRecord(text);
  return {
    wasRunning: note['wasRunning'] === true,
    isStopped: note['isStopped'] === true,
    isFrozen: note['isFrozen'] === true,
  };
}
