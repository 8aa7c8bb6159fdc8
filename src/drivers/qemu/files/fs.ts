import { open, readdir } from 'node:fs/promises';
import { isNoEntry } from '../qemu.errors';

/** Returns the names in a directory, or an empty list if it does not exist. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isNoEntry(error)) return [];
    throw error;
  }
}

/** Syncs a file or directory to disk, so that its content survives a crash of the host. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}
