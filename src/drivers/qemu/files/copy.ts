import { constants } from 'node:fs';
import { chown, lstat, open, rename, stat } from 'node:fs/promises';
import { DriverError } from '../../port/driver-call';
import { exec } from './exec';
import type { UnixUser } from './instance-directory';

/** Enough for a terabyte on a slow disk. Operations with a shorter deadline are aborted by their signal. */
const COPY_MS = 6 * 3_600_000;

/**
 * Copies a file, and shares its blocks if the file system can. The copy does not survive a crash of the host before it is
 * synced.
 * @throws {DriverError} if it is not a regular file: the user that QEMU runs as can replace its files
 */
export async function copyRegular(
  source: string,
  target: string,
  options: { readonly signal: AbortSignal; readonly searchPath: string },
): Promise<void> {
  await assertRegular(source);
  // A link would be copied, not followed.
  const args = ['--reflink=auto', '--no-dereference', '--', source, target];
  await exec('cp', args, { ...options, timeoutMs: COPY_MS });
  await assertRegular(target);
}

/**
 * Moves a file to a place that only the service can access, and makes it its owner.
 * @throws {DriverError} likewise
 */
export async function moveRegular(source: string, target: string): Promise<void> {
  await rename(source, target);
  await assertRegular(target);
  const file = await open(target, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    await file.chmod(0o600);
    if (process.getuid?.() === 0) await file.chown(0, 0);
  } finally {
    await file.close();
  }
}

export async function giveTo(owner: UnixUser | undefined, paths: readonly string[]): Promise<void> {
  if (owner) for (const path of paths) await chown(path, owner.uid, owner.gid);
}

/** Space that files use on the disk. */
export async function usedBytes(paths: readonly string[]): Promise<number> {
  const all = await Promise.all(paths.map((path) => stat(path)));
  return all.reduce((sum, { blocks }) => sum + blocks * 512, 0);
}

async function assertRegular(path: string): Promise<void> {
  const found = await lstat(path);
  if (found.isFile() && found.nlink === 1) return;
  throw new DriverError('The disk of the virtual machine was replaced by something else', {
    retryable: false,
  });
}
