import { appendFile, open, rename, stat, type FileHandle } from 'node:fs/promises';
import { isNoEntry } from '../qemu.errors';
import type { InstanceDirectory } from './instance-directory';

/** Read position in the console output. */
export interface Position {
  readonly file: bigint;
  readonly offset: number;
}

/**
 * The latest console output, at most `maxBytes`, in two files. When the newer file reaches half of that, it replaces
 * the older one. Allows one writer at a time.
 */
export class RotatingLog {
  private readonly newer: string;
  private readonly older: string;

  constructor(
    directory: InstanceDirectory,
    private readonly maxBytes: number,
  ) {
    this.newer = directory.own('console');
    this.older = directory.own('olderConsole');
  }

  async append(bytes: Buffer): Promise<void> {
    const half = Math.floor(this.maxBytes / 2);
    for (let at = 0; at < bytes.length; at += half) {
      const part = bytes.subarray(at, at + half);
      if ((await sizeOf(this.newer)) + part.length > half) await this.turn();
      await appendFile(this.newer, part, { mode: 0o600 });
    }
  }

  /**
   * Returns the output after a position, and the next position. `undefined` reads from the oldest output kept. Output
   * dropped since the last read is skipped.
   */
  async readFrom(position: Position | undefined): Promise<{ bytes: Buffer; next: Position | undefined }> {
    const newer = await openIfThere(this.newer);
    const older = await openIfThere(this.older);
    try {
      const files = [older, newer].filter((file) => file !== undefined);
      const at = files.findIndex(({ id }) => id === position?.file);
      const parts: Buffer[] = [];
      let next = position;
      for (const { handle, id } of files.slice(Math.max(0, at))) {
        const offset = id === position?.file ? position.offset : 0;
        const part = await readToEnd(handle, offset, this.maxBytes);
        parts.push(part);
        next = { file: id, offset: offset + part.length };
      }
      return { bytes: Buffer.concat(parts), next };
    } finally {
      await older?.handle.close();
      await newer?.handle.close();
    }
  }

  /** The position of the next output. */
  async end(): Promise<Position | undefined> {
    const newer = await openIfThere(this.newer);
    try {
      return newer && { file: newer.id, offset: (await newer.handle.stat()).size };
    } finally {
      await newer?.handle.close();
    }
  }

  private async turn(): Promise<void> {
    try {
      await rename(this.newer, this.older);
    } catch (error) {
      if (!isNoEntry(error)) throw error;
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isNoEntry(error)) return 0;
    throw error;
  }
}

async function openIfThere(path: string): Promise<{ handle: FileHandle; id: bigint } | undefined> {
  try {
    const handle = await open(path, 'r');
    return { handle, id: (await handle.stat({ bigint: true })).ino };
  } catch (error) {
    if (isNoEntry(error)) return undefined;
    throw error;
  }
}

async function readToEnd(handle: FileHandle, offset: number, maxBytes: number): Promise<Buffer> {
  const { size } = await handle.stat();
  const length = Math.max(0, Math.min(size - offset, maxBytes));
  const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position: offset });
  return buffer.subarray(0, bytesRead);
}
