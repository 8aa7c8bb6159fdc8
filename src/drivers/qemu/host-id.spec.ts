import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DriverHandle } from '../port/driver-call';
import { HostId } from './host-id';

const handleOf = (host: string): DriverHandle => ({ v: 1, data: { host } });

describe('HostId', () => {
  let parent: string;
  let dir: string;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'uim-mark-'));
    dir = join(parent, 'qemu');
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('is created once for concurrent and later callers', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => new HostId(dir).ensure(null)));

    expect(new Set(ids).size).toBe(1);
    expect(readdirSync(dir)).toEqual(['host-id']);
    expect(await new HostId(dir).check(handleOf(String(ids[0])))).toBe(ids[0]);
  });

  it('is not created by a check', async () => {
    expect(await new HostId(dir).check(null)).toBeUndefined();
    expect(existsSync(dir)).toBe(false);
  });

  it('is created on a new file system', async () => {
    mkdirSync(join(dir, 'lost+found'), { recursive: true });
    const id = await new HostId(dir).ensure(null);
    expect(readFileSync(join(dir, 'host-id'), 'utf8')).toBe(`${id}\n`);
  });

  it('is not created in a directory in use, or for a handle that names a host', async () => {
    mkdirSync(dir);
    await expect(new HostId(dir).ensure(handleOf('other'))).rejects.toThrow(
      'on another host, or its directory is not mounted',
    );
    mkdirSync(join(dir, 'instances'));
    await expect(new HostId(dir).ensure(null)).rejects.toMatchObject({ retryable: true });
    expect(readdirSync(dir)).toEqual(['instances']);
  });

  it.each(['missing', 'empty'])(
    'is reported missing if it was seen before or is named by a handle: %s',
    async (now) => {
      const [one, another] = [new HostId(dir), new HostId(dir)];
      const id = await one.ensure(null);
      rmSync(dir, { recursive: true });
      if (now === 'empty') mkdirSync(dir);

      await expect(one.check(null)).rejects.toMatchObject({ name: 'DriverError', retryable: true });
      await expect(one.ensure(null)).rejects.toMatchObject({ retryable: true });
      await expect(another.check(handleOf(id))).rejects.toMatchObject({ retryable: true });
      await expect(another.ensure(null)).rejects.toMatchObject({ retryable: true });
      expect(existsSync(dir)).toBe(now === 'empty');
    },
  );

  it('is missing in an empty directory if it is expected, which tells operators what to do', async () => {
    const hostId = new HostId(dir);
    expect(await hostId.id()).toBeUndefined();
    hostId.expectId();
    await expect(hostId.id()).rejects.toThrow('or on an additional machine create its id: uuidgen >');
    await expect(hostId.ensureId()).rejects.toMatchObject({ name: 'DriverError', retryable: true });
    mkdirSync(join(dir, 'instances'), { recursive: true });
    await expect(hostId.id()).rejects.toThrow('QEMU_DIR has no host-id: restore the file');
    writeFileSync(join(dir, 'host-id'), 'host-a\n');
    expect(await hostId.id()).toBe('host-a');
  });

  it('can be restored manually', async () => {
    const hostId = new HostId(dir);
    await expect(hostId.check(handleOf('host-a'))).rejects.toThrow();
    mkdirSync(dir);
    writeFileSync(join(dir, 'host-id'), 'host-a\n');
    expect(await hostId.check(handleOf('host-a'))).toBe('host-a');
    await expect(hostId.check(handleOf('host-b'))).rejects.toMatchObject({ retryable: true });
  });

  it.each([
    ['empty', '\n'],
    ['two words', 'a b'],
    ['too long', 'x'.repeat(300)],
  ])('is invalid if it is %s', async (_, text) => {
    mkdirSync(dir);
    writeFileSync(join(dir, 'host-id'), text);
    await expect(new HostId(dir).ensure(null)).rejects.toMatchObject({ retryable: true });
  });

  it('reports a file that cannot be read as an error of the driver, which is retried', async () => {
    mkdirSync(join(dir, 'host-id'), { recursive: true });
    const hostId = new HostId(dir);
    await expect(hostId.id()).rejects.toMatchObject({ name: 'DriverError', retryable: true });
    await expect(hostId.ensureId()).rejects.toMatchObject({ name: 'DriverError', retryable: true });
  });
});
