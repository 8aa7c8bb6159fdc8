import { rm } from 'node:fs/promises';
import { DriverError } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import { syncPath } from '../files/fs';
import { FILES } from '../machine/qemu.arguments';
import { addNode, JobFailedError, MEMORY_NODE, MEMORY_TAG, removeNodes, runJob } from '../qmp/block-jobs';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { QmpError, type QmpExecute } from '../qmp/qmp.client';

/** QEMU reads the memory without serving its monitor, at some hundred MB per second. */
const LOAD_MS = 600_000;

/**
 * Gives the memory of a snapshot to a machine that was started for it and waits. Then lets the guest run, and makes sure
 * before that this memory is not loaded again, because from now on the disk no longer matches it.
 * @param used records that the memory has been used
 */
export async function resumeFromMemory(
  directory: InstanceDirectory,
  used: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const progress = { isUsed: false };
  try {
    await new QemuMonitor(directory, LOAD_MS).talk(signal, async (execute) => {
      await load(execute);
      progress.isUsed = true;
      await used();
      for (const path of [directory.own('state'), directory.path]) await syncPath(path);
      await execute('cont');
    });
  } finally {
    if (progress.isUsed) await rm(directory.file('memory'), { force: true });
  }
}

async function load(execute: QmpExecute): Promise<void> {
  try {
    await addNode(execute, MEMORY_NODE, { driver: 'qcow2', file: FILES.memory });
    await runJob(execute, 'snapshot-load', { tag: MEMORY_TAG, vmstate: MEMORY_NODE, devices: [MEMORY_NODE] });
    await removeNodes(execute, [MEMORY_NODE]);
  } catch (error) {
    if (!(error instanceof QmpError) && !(error instanceof JobFailedError)) throw error;
    throw new DriverError(
      `QEMU cannot load the memory of the snapshot (${error.message.slice(0, 200)}): restore the snapshot again without its memory`,
      { retryable: false, cause: error },
    );
  }
}
