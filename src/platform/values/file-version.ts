import { stat } from 'node:fs/promises';

/**
 * A version that changes when the file is written or replaced. A copy with the same size and modification time in
 * seconds, e.g. from an archive, has the same version. @throws {Error} from the file system.
 */
export async function contentVersion(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  return `${size} ${Math.floor(mtimeMs / 1000)}`;
}

/** Changes with every change to the file, including its replacement. @throws {Error} from the file system. */
export async function fileVersion(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
