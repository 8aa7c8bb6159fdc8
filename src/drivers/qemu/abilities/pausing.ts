import { DriverError } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { searchProcess } from '../machine/qemu.process';
import { PAUSED, RUNNING } from '../machine/status-mapper';

/**
 * Pauses or resumes the guest, unless that has already happened.
 * @throws {DriverError} if it neither runs nor is paused
 */
export async function setPaused(
  directory: InstanceDirectory,
  isWanted: boolean,
  signal: AbortSignal,
): Promise<void> {
  const monitor = new QemuMonitor(directory);
  const status = (await searchProcess(directory)) ? await monitor.status(signal) : 'shutdown';
  const isPaused = status === PAUSED;
  if (!isPaused && !RUNNING.has(status)) {
    throw new DriverError(`The virtual machine does not run (${status})`, { retryable: false });
  }
  if (isPaused === isWanted) return;
  await (isWanted ? monitor.pause(signal) : monitor.resume(signal));
}
