import { stat } from 'node:fs/promises';

/**
 * Changes if somebody writes to a file or puts another one in its place. A copy that keeps the time of the last
 * change in seconds, e.g. on another disk or from an archive, has the same version. @throws {Error} of the system.
 */
export async function contentVersion(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${Math.floor(mtimeMs / 1000)}`;
}

/** Changes with whatever is done to a file, also where another one takes its place. @throws {Error} of the system. */
export async function fileVersion(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
