import { readFile, stat } from 'node:fs/promises';
import type { Clock } from '../../platform/async/clock';
import { DriverError, type Usage } from '../port/compute-driver.port';
import type { InstanceDirectory } from './files/instance-directory';
import { QemuMonitor } from './machine/qemu.monitor';
import { findProcess, type ProcessIdentity } from './machine/qemu.process';

const GIB = 1024 ** 3;
const SAMPLE_MS = 200;
/** The kernel reports CPU times in units of 1/100 s on every architecture that Node supports. */
const TICKS_PER_SECOND = 100;
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
  if (!identity) throw notRunning();
  const before = await secondsOf(identity);
  const begin = performance.now();
  await clock.wait(SAMPLE_MS, signal);
  const after = await secondsOf(identity);
  const elapsed = (performance.now() - begin) / 1000;
  const traffic = await new QemuMonitor(directory).diskTraffic(signal);
  const disk = await stat(directory.file('disk'));
  return {
    cpu: { percent: Math.round(((after - before) / elapsed) * 1000) / 10, totalSeconds: after },
    memory: { usedBytes: await residentBytesOf(identity), limitBytes: ramGB * GIB },
    disk: { ...traffic, usedBytes: disk.blocks * BLOCK_BYTES },
    network: null,
  };
}

async function secondsOf({ pid }: ProcessIdentity): Promise<number> {
  const stat = await read(`/proc/${pid}/stat`);
  // Fields 14 and 15: user and kernel time. The process name before them may contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

async function residentBytesOf({ pid }: ProcessIdentity): Promise<number> {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await read(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw notRunning(error);
  }
}

function notRunning(cause?: unknown): DriverError {
  return new DriverError('The virtual machine is not running', { retryable: false, cause });
}
