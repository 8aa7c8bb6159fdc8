import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../../../platform/config';
import type { UnixUser } from './instance-directory';

/**
 * The user that virtual machines run as.
 * @throws {ConfigurationError} if the user does not exist, or this process cannot run programs as that user
 */
export function unixUserOf(user: string): UnixUser {
  const owner = ownerNamed(user);
  if (!owner) throw new ConfigurationError([`QEMU_USER ${user} is not a user of this host`]);
  const own = process.getuid?.();
  if (own !== 0 && own !== owner.uid)
    throw new ConfigurationError([`QEMU_USER ${user} requires the service to run as root`]);
  return owner;
}

/** @returns undefined if the user does not exist */
function ownerNamed(user: string): UnixUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${user}:`));
  const [uid, gid] = (line ?? '').split(':').slice(2, 4).map(Number);
  return uid !== undefined && gid !== undefined && Number.isInteger(uid) ? { uid, gid } : undefined;
}
