import { execFileSync } from 'node:child_process';
import {
  chmodSync,
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
import { BlankDisks, type Backing } from '../../src/drivers/qemu/disks/disk';
import { describeWhere } from '../support/describe-where';
import { GIB, QEMU_MISSING } from '../support/engines/qemu-engine';
import { parseJson } from '../support/json';

const never = new AbortController().signal;

describeWhere(QEMU_MISSING, 'qemu disks', () => {
  let directory: string;
  let scratch: string;
  let blanks: BlankDisks;
  let backing: Backing;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'uim-disks-'));
    scratch = join(directory, 'scratch');
    mkdirSync(scratch);
    const counting = join(directory, 'counting-qemu-img');
    writeFileSync(counting, `#!/bin/sh\necho made >> '${directory}/calls'\nexec qemu-img "$@"\n`);
    chmodSync(counting, 0o755);
    blanks = new BlankDisks({ imgBinary: counting, searchPath: '/usr/bin:/bin' });
    backing = { file: join(directory, 'an image.raw'), format: 'raw' };
    writeFileSync(backing.file, Buffer.alloc(65_536));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Number of qemu-img runs. */
  function calls(): number {
    const file = join(directory, 'calls');
    return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
  }

  function info(disk: Buffer): object {
    const file = join(directory, 'disk.qcow2');
    writeFileSync(file, disk);
    return parseJson<object>(execFileSync('qemu-img', ['info', '--output=json', file], { encoding: 'utf8' }));
  }

  it('are created once per image and size, even with concurrent callers', async () => {
    const spec = { backing, backingBytes: 65_536, diskGB: 2 };
    const disks = await Promise.all(Array.from({ length: 10 }, () => blanks.get(spec, scratch, never)));
    disks.push(await blanks.get(spec, scratch, never));
    expect(calls()).toBe(1);
    expect(readdirSync(scratch)).toEqual([]);
    for (const disk of disks) {
      expect(info(disk)).toMatchObject({
        format: 'qcow2',
        'virtual-size': 2 * GIB,
        'backing-filename': backing.file,
        'backing-filename-format': 'raw',
      });
    }
  });

  it('differ by size and by image, and are never smaller than the image', async () => {
    const alone = info(await blanks.get({ backing: null, backingBytes: 0, diskGB: 1 }, scratch, never));
    expect(alone).toMatchObject({ 'virtual-size': GIB });
    expect(alone).not.toHaveProperty('backing-filename');
    const large = { backing, backingBytes: 5 * GIB, diskGB: 1 };
    expect(info(await blanks.get(large, scratch, never))).toMatchObject({ 'virtual-size': 5 * GIB });
    expect(info(await blanks.get({ ...large, diskGB: 6 }, scratch, never))).toMatchObject({
      'virtual-size': 6 * GIB,
    });
    expect(calls()).toBe(3);
  });

  it('are recreated after the image changes, or after an image was invalid', async () => {
    const qcow2: Backing = { file: backing.file, format: 'qcow2' };
    const spec = { backing: qcow2, backingBytes: 65_536, diskGB: 1 };
    await expect(blanks.get(spec, scratch, never)).rejects.toThrow('failed');
    execFileSync('qemu-img', ['create', '-q', '-f', 'qcow2', qcow2.file, '64K']);
    const disk = await blanks.get(spec, scratch, never);
    expect(info(disk)).toMatchObject({ 'backing-filename-format': 'qcow2' });
    expect(calls()).toBe(2);
    writeFileSync(qcow2.file, 'no image any more');
    await expect(blanks.get(spec, scratch, never)).rejects.toThrow('failed');
  });
});
