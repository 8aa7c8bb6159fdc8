import { open, readdir } from 'node:fs/promises';
import { isNoEntry } from './failures';

/** The names in a directory; none where there is no such directory. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isNoEntry(error)) return [];
    throw error;
  }
}

/** A file's content, or a directory's names, outlive the host. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path);
  await handle.sync().finally(() => handle.close());
}
