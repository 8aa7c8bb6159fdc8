import { rm, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DriverError } from '../../port/driver-call';
import { giveTo } from '../files/copy';
import type { InstanceDirectory } from '../files/instance-directory';
import { syncPath } from '../files/fs';
import type { LaunchSpec } from '../machine/instance-state';
import { JobFailedError, MEMORY_NODE, MEMORY_TAG, memoryMs, removeNodes, runJob } from '../qmp/block-jobs';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { QmpError, type QmpExecute } from '../qmp/qmp.client';

const SECTOR_BYTES = 512;
const FILES = ['memory', 'memoryOverlay'] as const;

/**
 * Makes the file for what QEMU writes while it loads the memory of a snapshot: it would write to the file with the memory,
 * which other machines are made from, too.
 */
export async function makeOverlay(
  { blanks, owner }: Pick<QemuHost, 'blanks' | 'owner'>,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  const size = await stat(directory.own('memory')).then(
    (found) => found.size,
    (cause: unknown) => {
      throw notLoaded('its file is missing', cause);
    },
  );
  const backingBytes = Math.ceil(size / SECTOR_BYTES) * SECTOR_BYTES;
  const blank = await blanks.get({ backing: null, backingBytes, diskGB: 0 }, directory.path, signal);
  await rm(directory.own('memoryOverlay'), { force: true });
  await writeFile(directory.own('memoryOverlay'), blank, { mode: 0o600, flag: 'wx' });
  await giveTo(owner, [directory.own('memoryOverlay')]);
}

/**
 * Gives the memory of a snapshot to a machine that was started for it and waits. Then lets the guest run, and makes sure
 * before that this memory is not loaded again, because from now on the disk no longer matches it.
 * @param used records that the memory has been used
 */
export async function resumeFromMemory(
  directory: InstanceDirectory,
  { spec, used }: { readonly spec: LaunchSpec; readonly used: () => Promise<void> },
  signal: AbortSignal,
): Promise<void> {
  const progress = { isUsed: false };
  try {
    await new QemuMonitor(directory, memoryMs(spec)).talk(signal, async (execute) => {
      await load(directory, execute);
      progress.isUsed = true;
      await used();
      for (const path of [directory.own('state'), directory.path]) await syncPath(path);
      await execute('cont');
    });
  } finally {
    if (progress.isUsed) for (const name of FILES) await rm(directory.own(name), { force: true });
  }
}

async function load(directory: InstanceDirectory, execute: QmpExecute): Promise<void> {
  // QEMU works in a directory below that of the files.
  const below = (name: (typeof FILES)[number]): string => `../${basename(directory.own(name))}`;
  const memory = { driver: 'file', filename: below('memory'), 'read-only': true };
  const overlay = {
    driver: 'qcow2',
    file: { driver: 'file', filename: below('memoryOverlay') },
    backing: { driver: 'raw', 'read-only': true, file: memory },
  };
  try {
    // The format of the memory is also qcow2; the overlay is below that.
    await execute('blockdev-add', { driver: 'qcow2', 'node-name': MEMORY_NODE, file: overlay });
    await runJob(execute, 'snapshot-load', { tag: MEMORY_TAG, vmstate: MEMORY_NODE, devices: [MEMORY_NODE] });
    await removeNodes(execute, [MEMORY_NODE]);
  } catch (error) {
    if (!(error instanceof QmpError) && !(error instanceof JobFailedError)) throw error;
    throw notLoaded(error.message, error);
  }
}

function notLoaded(reason: string, cause: unknown): DriverError {
  return new DriverError(
    `QEMU cannot load the memory of the snapshot (${reason.slice(0, 200)}): restore the snapshot again without its memory`,
    { retryable: false, cause },
  );
}
