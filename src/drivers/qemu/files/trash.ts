import { randomUUID } from 'node:crypto';
import { chmod, lchown, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isUuid } from '../../../platform/values/uuid';
import { namesIn } from './fs';
import { codeOf, isNoEntry } from '../qemu.errors';

const REMOVED = 'removed';
const PRIVATE = 0o700;

/** The directory of a machine that is being removed. */
export interface Leftover {
  readonly id: string;
  readonly path: string;
}

/**
 * Moves the directory of a machine to a place that only the service can access, and removes it there. Otherwise the
 * user that QEMU runs as could replace files with links during the removal and make root delete their targets.
 */
export async function removeMachine(root: string, { id, path }: Leftover): Promise<void> {
  const leftover = { id, path: join(root, REMOVED, `${id}.${randomUUID()}`) };
  if (await moved(path, leftover.path)) await removeLeftover(leftover);
}

/** Directories whose removal was interrupted after the move. */
export async function leftoversBelow(root: string): Promise<readonly Leftover[]> {
  const names = await namesIn(join(root, REMOVED));
  return names
    .map((name) => ({ id: name.split('.')[0] ?? '', path: join(root, REMOVED, name) }))
    .filter(({ id }) => isUuid(id));
}

/** Links are removed, not followed. */
export async function removeLeftover({ path }: Leftover): Promise<void> {
  if (process.getuid?.() === 0) await takeFromOwner(join(path, 'work'));
  await rm(path, { recursive: true, force: true });
}

/** Blocks access even for processes that already have the directory open. */
async function takeFromOwner(work: string): Promise<void> {
  try {
    await lchown(work, 0, 0);
    await chmod(work, PRIVATE);
  } catch (error) {
    if (!isNoEntry(error)) throw error;
  }
}

/** @returns false if there was nothing to move; then creates no directory, because the root may be the wrong one */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await lstat(from);
    await makePrivate(join(to, '..'));
    await rename(from, to);
    return true;
  } catch (error) {
    if (isNoEntry(error)) return false;
    throw error;
  }
}

async function makePrivate(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: PRIVATE });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}
