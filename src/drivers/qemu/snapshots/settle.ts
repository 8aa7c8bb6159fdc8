import type { InstanceDirectory } from '../files/instance-directory';
import type { QemuHost } from '../qemu.host';
import { repairTaking } from './interrupted';
import { finishRestore } from './restoring';

const REPAIR_MS = 5000;

/**
 * Completes what a killed process of the service has left of a restore or a snapshot, before the machine is changed.
 * Requires its lock.
 */
export async function settle(
  host: QemuHost,
  directory: InstanceDirectory,
  signal: AbortSignal,
): Promise<void> {
  await finishRestore(directory);
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(REPAIR_MS)]);
  // A guest whose agent does not respond must not prevent other changes.
  await repairTaking(host, directory, bounded).catch(() => signal.throwIfAborted());
}
