import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../platform/values/uuid';
import { InstanceDirectory } from './instance-directory';
import { RotatingLog } from './rotating-log';

describe('RotatingLog', () => {
  const root = mkdtempSync(join(tmpdir(), 'uim-ring-'));
  let directory: InstanceDirectory;

  beforeEach(() => {
    directory = new InstanceDirectory(root, newId());
    mkdirSync(directory.path, { recursive: true });
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const lines = (from: number, to: number): Buffer =>
    Buffer.from(Array.from({ length: to - from }, (_, index) => `${from + index}\n`).join(''));

  it('keeps the newest bytes within its limit', async () => {
    const ring = new RotatingLog(directory, 1000);
    await ring.append(lines(0, 1000));
    for (let at = 1000; at < 2000; at += 7) await ring.append(lines(at, at + 7));

    const { bytes } = await ring.readFrom(undefined);
    const sizes = (['console', 'olderConsole'] as const).map((name) => statSync(directory.own(name)).size);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(1000);
    expect(bytes.length).toBeGreaterThan(500);
    expect(lines(0, 2001).toString().endsWith(bytes.toString())).toBe(true);
  });

  it('gives a reader every byte once, even when the files rotate', async () => {
    const ring = new RotatingLog(directory, 200);
    const read: Buffer[] = [];
    let position = (await ring.readFrom(undefined)).next;
    for (let at = 0; at < 500; at += 5) {
      await ring.append(lines(at, at + 5));
      const { bytes, next } = await ring.readFrom(position);
      read.push(bytes);
      position = next;
    }
    expect(Buffer.concat(read).toString()).toBe(lines(0, 500).toString());
  });

  it('is empty if nothing was printed', async () => {
    const { bytes, next } = await new RotatingLog(directory, 100).readFrom(undefined);

    expect(bytes).toHaveLength(0);
    expect(next).toBeUndefined();
  });
});
