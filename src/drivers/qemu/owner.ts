import { readFileSync } from 'node:fs';
import type { Owner } from './instance-directory';

/** @returns undefined where there is no such user */
export function ownerNamed(user: string): Owner | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${user}:`));
  const [uid, gid] = (line ?? '').split(':').slice(2, 4).map(Number);
  return uid !== undefined && gid !== undefined && Number.isInteger(uid) ? { uid, gid } : undefined;
}
