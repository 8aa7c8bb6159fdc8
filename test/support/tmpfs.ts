import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';

/** A small file system that a test can fill. Mounting it requires root. */
export class Tmpfs {
  readonly path = mkdtempSync(join(tmpdir(), 'compute-tmpfs-'));

  /** @param options of mount(8), e.g. `size=80m`. */
  constructor(options: string) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', this.path], { stdio: 'pipe' });
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.path);
    return bavail * bsize;
  }

  /** Fills the space with a file, except for `leftBytes`. */
  fill(leftBytes = 0): void {
    writeFileSync(join(this.path, 'filler'), Buffer.alloc(Math.max(0, this.freeBytes - leftBytes)));
  }

  /** Uses up all inodes: there is free space, but no file can be created. */
  takeInodes(): void {
    const directory = join(this.path, 'inodes');
    mkdirSync(directory);
    const { ffree } = statfsSync(this.path);
    try {
      for (let number = 0; number < ffree; number++) writeFileSync(join(directory, String(number)), '');
    } catch (error) {
      // Others use the file system, too, so there may be fewer.
      if (!(isNativeError(error) && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }

  resize(options: string): void {
    execFileSync('mount', ['-o', `remount,${options}`, this.path], { stdio: 'pipe' });
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.path], { stdio: 'pipe' });
    rmdirSync(this.path);
  }
}

/** Why no file system can be mounted here; undefined if one can. */
export const TMPFS_MISSING = reason();

function reason(): string | undefined {
  const directory = mkdtempSync(join(tmpdir(), 'compute-tmpfs-'));
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', directory], {
    encoding: 'utf8',
  });
  if (status === 0) spawnSync('umount', [directory]);
  rmdirSync(directory);
  return status === 0 ? undefined : `cannot mount a tmpfs: ${error?.message ?? stderr.trim()}`;
}
