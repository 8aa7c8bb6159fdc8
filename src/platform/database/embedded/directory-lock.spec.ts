import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DirectoryInUseError, DirectoryLock } from './directory-lock';
import { currentProcess } from './process-identity';

const HOUR_MS = 3_600_000;

describe('DirectoryLock', () => {
  let root: string;
  let path: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'compute-lock-'));
    path = mkdtempSync(join(root, 'data-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function lockFile(): string {
    return join(path, readdirSync(path).find((name) => name.startsWith('lock.')) ?? '');
  }

  /** A lock held on another host, last touched at this offset from now. */
  function lockOfElsewhere(offsetMs: number): string {
    const file = join(path, 'lock.1');
    writeFileSync(file, JSON.stringify({ ...currentProcess(), host: 'elsewhere', world: 'other/pid:[1]' }));
    touch(file, offsetMs);
    return file;
  }

  function touch(file: string, offsetMs: number): void {
    const time = new Date(Date.now() + offsetMs);
    utimesSync(file, time, time);
  }

  async function whileTouched(file: string, check: () => Promise<void>): Promise<void> {
    const heartbeat = setInterval(() => touch(file, 0), 500);
    try {
      await check();
    } finally {
      clearInterval(heartbeat);
    }
  }

  it('rejects a directory that a living process holds, and grants it after the release', async () => {
    const lock = await DirectoryLock.acquire(path);
    await expect(DirectoryLock.acquire(path)).rejects.toThrow(DirectoryInUseError);
    lock.release();
    (await DirectoryLock.acquire(path)).release();
  });

  it('grants a copy of a directory while a process holds the original', async () => {
    const lock = await DirectoryLock.acquire(path);
    const copy = join(root, 'copy');
    cpSync(path, copy, { recursive: true });
    (await DirectoryLock.acquire(copy)).release();
    await expect(DirectoryLock.acquire(path)).rejects.toThrow(`process ${process.pid}`);
    lock.release();
  });

  it.each([
    ['this process', currentProcess()],
    ['another container', { ...currentProcess(), world: currentProcess().world.replace(/\[\d+\]/, '[1]') }],
  ])('rejects a directory that %s holds through another mount', async (_, holder) => {
    const file = join(path, 'lock.1');
    writeFileSync(file, JSON.stringify({ ...holder, directory: '1:1' }));
    await whileTouched(file, () =>
      expect(DirectoryLock.acquire(path)).rejects.toThrow(`process ${process.pid}`),
    );
  });

  it('writes the content that older versions expect when it is released', async () => {
    (await DirectoryLock.acquire(path)).release();
    expect(readFileSync(lockFile(), 'utf8')).toBe('released\n');
  });

  it('rejects a directory whose remote holder was seen recently', async () => {
    lockOfElsewhere(-1000);
    await expect(DirectoryLock.acquire(path)).rejects.toThrow('on elsewhere');
  });

  it.each([
    ['past', -HOUR_MS],
    ['future', HOUR_MS],
  ])('grants a directory whose remote holder was last seen in the %s', async (_, offsetMs) => {
    lockOfElsewhere(offsetMs);
    (await DirectoryLock.acquire(path)).release();
  });

  it.each([
    ['back', HOUR_MS],
    ['forward', -HOUR_MS],
  ])('rejects a directory whose remote holder is alive after the clock was set %s', async (_, offsetMs) => {
    const file = lockOfElsewhere(offsetMs);
    await whileTouched(file, () => expect(DirectoryLock.acquire(path)).rejects.toThrow('on elsewhere'));
  });

  it('treats an empty lock file from the future as left by a dead process', async () => {
    touch(emptyLock(), HOUR_MS);
    (await DirectoryLock.acquire(path)).release();
  });

  function emptyLock(): string {
    const file = join(path, 'lock.1');
    writeFileSync(file, '');
    return file;
  }
});
