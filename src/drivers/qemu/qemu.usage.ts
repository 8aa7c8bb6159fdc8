import { stat } from 'node:fs/promises';
import type { Clock } from '../../platform/async/clock';
import { residentBytesOf, statOf } from '../../platform/procfs';
import type { Usage } from '../port/abilities';
import { DriverError } from '../port/driver-call';
import type { InstanceDirectory } from './files/instance-directory';
import { QemuMonitor } from './qmp/qemu.monitor';
import { findProcess, type ProcessIdentity } from './machine/qemu.process';

const GIB = 1024 ** 3;
const SAMPLE_MS = 200;
const BLOCK_BYTES = 512;

export interface UsageQuery {
  readonly directory: InstanceDirectory;
  readonly ramGB: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Resource usage of a machine on the host. QEMU's user-mode network has no counters.
 * @throws {DriverError} if the machine is not running
 */
export async function usageOf({ directory, ramGB, clock, signal }: UsageQuery): Promise<Usage> {
  const identity = await findProcess(directory);
  if (!identity) throwNotRunning();
  const before = await cpuSecondsOf(identity);
  const begin = performance.now();
  await clock.wait(SAMPLE_MS, signal);
  const after = await cpuSecondsOf(identity);
  const elapsed = (performance.now() - begin) / 1000;
  const traffic = await new QemuMonitor(directory).diskTraffic(signal);
  const disk = await stat(directory.file('disk'));
  const usedBytes = await residentBytesOf(identity.pid).catch(throwNotRunning);
  return {
    cpu: { percent: Math.round(((after - before) / elapsed) * 1000) / 10, totalSeconds: after },
    memory: { usedBytes, limitBytes: ramGB * GIB },
    disk: { ...traffic, usedBytes: disk.blocks * BLOCK_BYTES },
    network: null,
  };
}

async function cpuSecondsOf({ pid }: ProcessIdentity): Promise<number> {
  const stat = await statOf(pid).catch(throwNotRunning);
  return stat?.cpuSeconds ?? throwNotRunning();
}

function throwNotRunning(cause?: unknown): never {
  throw new DriverError('The virtual machine is not running', { retryable: false, cause });
}
