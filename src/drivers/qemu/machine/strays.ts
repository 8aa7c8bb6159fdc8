import { DriverError, type Observation } from '../../port/driver-call';
import type { InstanceDirectory, UnixUser } from '../files/instance-directory';
import { searchStray, type ProcessIdentity } from './qemu.process';

const MOVED = 'its directory was moved while it was running';
const REMOVED = 'its directory was removed while it was running';

/**
 * The process of a machine whose directory was removed by hand.
 * @throws {DriverError} if the directory was moved: the disk still exists and must not be reported as deleted
 */
export async function strayOf(
  directory: InstanceDirectory,
  owner: UnixUser | undefined,
): Promise<ProcessIdentity | undefined> {
  if ((await directory.readState()) !== undefined) return undefined;
  const stray = await searchStray(directory, owner);
  if (stray?.isMoved !== true) return stray;
  throw new DriverError(`The virtual machine was not removed: ${MOVED}. An operator must move it back`, {
    retryable: false,
  });
}

/** The state of a machine without a directory. */
export async function observeStray(
  directory: InstanceDirectory,
  owner: UnixUser | undefined,
): Promise<Observation> {
  const stray = await searchStray(directory, owner);
  if (!stray) return { presence: 'absent' };
  return { presence: 'present', power: 'failed', reason: stray.isMoved ? MOVED : REMOVED };
}
