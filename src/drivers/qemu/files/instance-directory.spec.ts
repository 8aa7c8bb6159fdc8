import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { newId } from '../../../platform/values/uuid';
import { idsBelow, InstanceDirectory } from './instance-directory';
import type { InstanceState } from '../machine/instance-state';

const STATE: InstanceState = {
  v: 1,
  deployment: 'default',
  tenantId: 'tenant-a',
  isWanted: true,
  boot: { kind: 'bios' },
  sources: [],
  ports: [],
  ended: null,
  hasAgent: false,
  resumes: null,
  growsToGB: null,
};

const { uid, gid } = userInfo();
const ME = { uid, gid };
const filled = (work: string): Promise<void> => writeFile(join(work, 'disk.qcow2'), 'a disk');

describe('InstanceDirectory', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'uim-directory-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    '',
    '.',
    '..',
    '../../etc',
    'a'.repeat(36),
    `../${newId()}`,
    `${newId()}/..`,
    `${newId()}\0`,
    `${newId()}\n`,
  ])('is rejected for the id %j', (id) => {
    expect(() => new InstanceDirectory(root, id)).toThrow('The id of the instance is not valid');
  });

  it('has a state as soon as it exists, and is private', async () => {
    const directory = new InstanceDirectory(root, newId());
    expect(await directory.readState()).toBeUndefined();
    await directory.make(STATE, undefined, filled);

    expect(await directory.readState()).toEqual(STATE);
    expect(statSync(directory.path).mode & 0o777).toBe(0o700);
    await directory.writeState({ ...STATE, isWanted: false });
    expect(await directory.readState()).toEqual({ ...STATE, isWanted: false });
    expect(await idsBelow(root)).toEqual([directory.id]);
    await directory.remove();
    await directory.remove();
    expect(readdirSync(join(root, 'instances'))).toEqual([]);
  });

  it('does not exist before it is complete', async () => {
    const directory = new InstanceDirectory(root, newId());
    const build = directory.make(STATE, undefined, async (work) => {
      await filled(work);
      expect(await directory.readState()).toBeUndefined();
      expect(await idsBelow(root)).toEqual([]);
      throw new Error('killed');
    });
    await expect(build).rejects.toThrow('killed');
    expect(await directory.readState()).toBeUndefined();
    expect(await idsBelow(root)).toEqual([]);

    await directory.remove();
    expect(readdirSync(join(root, 'instances'))).toEqual([]);
    await directory.make(STATE, undefined, filled);
    expect(readFileSync(directory.file('disk'), 'utf8')).toBe('a disk');
  });

  it('is removed through a private directory', async () => {
    const directory = new InstanceDirectory(root, newId());
    await directory.remove();
    expect(readdirSync(root)).toEqual([]);
    await directory.make(STATE, ME, filled);
    writeFileSync(join(directory.work, 'file'), '');
    await directory.remove();

    expect(statSync(join(root, 'removed')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(root, 'removed'))).toEqual([]);
    expect(readdirSync(join(root, 'instances'))).toEqual([]);
  });

  it('gives another user access to the work directory only', async () => {
    const directory = new InstanceDirectory(root, newId());
    await directory.make(STATE, ME, filled);

    expect(statSync(directory.path).mode & 0o777).toBe(0o711);
    expect(statSync(directory.work).mode & 0o777).toBe(0o700);
    expect(statSync(directory.own('state')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{', '{"v":2}', 'null'])('does not treat a state of %j as an absent machine', async (text) => {
    const directory = new InstanceDirectory(root, newId());
    await directory.make(STATE, undefined, filled);
    writeFileSync(directory.own('state'), text);

    await expect(directory.readState()).rejects.toMatchObject({ retryable: true });
  });

  it('lists no machines below a missing root', async () => {
    expect(await idsBelow(join(root, 'none'))).toEqual([]);
  });
});
