import { stat } from 'node:fs/promises';

/** Changes with whatever is done to a file, also where another one takes its place. @throws {Error} of the system. */
export async function fileVersion(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
}
