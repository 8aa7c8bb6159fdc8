import type { Resources } from '../../port/resources';
import { growDisk } from '../disks/disk';
import type { InstanceDirectory } from '../files/instance-directory';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { searchProcess } from '../machine/qemu.process';
import { RUNNING } from '../machine/status-mapper';

/**
 * Grows a running machine, but only the disk of a stopped one: the next start sets the rest.
 * @returns whether it runs
 * @throws {RestartRequiredError}
 */
export async function resizeMachine(
  host: QemuHost,
  directory: InstanceDirectory,
  to: Resources,
  signal: AbortSignal,
): Promise<boolean> {
  const monitor = new QemuMonitor(directory);
  const isOn = (await searchProcess(directory)) !== undefined && RUNNING.has(await monitor.status(signal));
  if (isOn) await monitor.grow(to, signal);
  // Refuses a disk that a process still uses.
  else await growDisk(host, directory.file('disk'), to.diskGB, signal);
  return isOn;
}
