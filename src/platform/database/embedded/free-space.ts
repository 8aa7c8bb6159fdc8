import { statfsSync } from 'node:fs';
import { messageOf } from '../../errors/app.error';

const MEBIBYTE = 2 ** 20;

/**
 * With less free space the database accepts no writes. One statement may need a new WAL
 * segment (16 MiB) and as much again for tables; without them the engine cannot continue.
 */
export const RESERVED_BYTES = 32 * MEBIBYTE;

/** Size of a new, empty cluster. */
const NEW_CLUSTER_BYTES = 40 * MEBIBYTE;

export const SPACE_TO_CREATE_BYTES = NEW_CLUSTER_BYTES + RESERVED_BYTES;

/**
 * Bytes that this process may still write to the file system of `path`; Infinity if it reports no sizes.
 * @throws {Error} if the system cannot read them.
 */
export function freeBytes(path: string): number {
  const { blocks, bavail, bsize } = statfsSync(path);
  return blocks === 0 ? Infinity : bavail * bsize;
}

/** Describes a lack of space, or why the free space is unknown; undefined if at least `neededBytes` are free. */
export function spaceProblem(path: string, neededBytes: number): string | undefined {
  let free: number;
  try {
    free = freeBytes(path);
  } catch (error) {
    return `failed to read the free disk space: ${messageOf(error)}`;
  }
  if (free >= neededBytes) return undefined;
  return `${Math.floor(free / MEBIBYTE)} MiB free, ${neededBytes / MEBIBYTE} MiB needed`;
}
