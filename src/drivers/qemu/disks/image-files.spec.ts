import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anInstanceSpec } from '../../../../test/support/builders';
import { eventually } from '../../../../test/support/eventually';
import type { InstanceSpec, KernelImage } from '../../port/driver-call';
import { ImageFiles } from './image-files';

const CONTENT = 'a kernel';
const SUM = createHash('sha256').update(CONTENT).digest('hex');
const SEARCH_PATH = '/usr/bin:/bin';
const never = new AbortController().signal;

describe('ImageFiles', () => {
  let directory: string;
  let images: ImageFiles;
  let kernel: string;
  let checksums: HeldChecksums;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'uim-images-'));
    images = new ImageFiles({ imgBinary: 'qemu-img', searchPath: SEARCH_PATH });
    kernel = join(directory, 'a \\ kernel');
    writeFileSync(kernel, CONTENT);
    checksums = new HeldChecksums(directory);
  });
  afterEach(() => {
    checksums.release();
    checksums.close();
    rmSync(directory, { recursive: true });
  });

  function instance(sum?: string): InstanceSpec {
    const image: KernelImage = {
      ...{ kind: 'kernel', kernel, initrd: null, commandLine: '', disk: null, guestAgent: false },
      ...{ sha256: sum === undefined ? {} : { kernel: sum }, defaultUser: null },
    };
    return anInstanceSpec({ image });
  }

  it('computes a checksum once for all concurrent callers, in another process', async () => {
    images = new ImageFiles({ imgBinary: 'qemu-img', searchPath: `${checksums.bin}:${SEARCH_PATH}` });
    const ready = Array.from({ length: 15 }, () => images.ready(instance(SUM), new AbortController().signal));
    const impatient = new AbortController();
    const aborted = images.ready(instance(SUM), impatient.signal);
    await eventually(() => expect(checksums.runs).not.toEqual([]));
    impatient.abort(new Error('gone'));
    await expect(aborted).rejects.toThrow('gone');
    checksums.release();

    for (const image of await Promise.all(ready)) expect(image.boot).toMatchObject({ kernel });
    await images.ready(instance(SUM), never);
    expect(checksums.runs).toEqual([`-- ${kernel}`]);
  });

  it('rejects a file whose checksum differs, until the file or the checksum changes', async () => {
    await expect(images.ready(instance('0'.repeat(64)), never)).rejects.toThrow(
      'does not match the checksum in the catalog',
    );
    await images.ready(instance(SUM), never);
    writeFileSync(kernel, 'another');
    await expect(images.ready(instance(SUM), never)).rejects.toThrow(
      'does not match the checksum in the catalog',
    );
  });

  it('accepts a file as unchanged until it is written or removed', async () => {
    const { sources } = await images.ready(instance(), never);
    expect(await images.unchanged(sources, never)).toEqual(sources);

    writeFileSync(kernel, CONTENT);
    utimesSync(kernel, 1000, 1000);
    const message: unknown = expect.stringContaining('changed after this virtual machine was created');
    await expect(images.unchanged(sources, never)).rejects.toMatchObject({ retryable: false, message });
    rmSync(kernel);
    await expect(images.unchanged(sources, never)).rejects.toMatchObject({
      ...{ retryable: false, message: 'A file of the image is missing on this host' },
    });
  });

  it('accepts a replaced file if it still matches the checksum in the catalog', async () => {
    const { sources } = await images.ready(instance(SUM), never);
    utimesSync(kernel, 1000, 1000);
    const [source] = await images.unchanged(sources, never);
    expect(source?.version).not.toBe(sources[0]?.version);
    expect(await images.unchanged(source ? [source] : [], never)).toEqual([source]);

    writeFileSync(kernel, 'another');
    await expect(images.unchanged(sources, never)).rejects.toMatchObject({ retryable: false });
  });

  it('accepts a copy with the same modification time as unchanged', async () => {
    const { sources } = await images.ready(instance(), never);
    execFileSync('cp', ['--preserve=timestamps', kernel, `${kernel}.copy`]);
    execFileSync('mv', [`${kernel}.copy`, kernel]);
    expect(await images.unchanged(sources, never)).toEqual(sources);
  });
});

/** A `sha256sum` that records its arguments and waits until it is released. */
class HeldChecksums {
  readonly bin: string;
  private readonly log: string;
  private readonly held: number;

  constructor(directory: string) {
    this.bin = join(directory, 'bin');
    this.log = join(directory, 'log');
    const gate = join(directory, 'gate');
    mkdirSync(this.bin);
    writeFileSync(this.log, '');
    execFileSync('mkfifo', [gate]);
    // Stays open, so that a release is not lost between runs.
    this.held = openSync(gate, 'r+');
    const script = [
      '#!/bin/sh',
      `printf '%s\\n' "$*" >>'${this.log}'`,
      `read -r _ <'${gate}'`,
      'exec /usr/bin/sha256sum "$@"',
    ];
    writeFileSync(join(this.bin, 'sha256sum'), `${script.join('\n')}\n`, { mode: 0o755 });
  }

  get runs(): readonly string[] {
    return readFileSync(this.log, 'utf8').split('\n').slice(0, -1);
  }

  /** Lets all waiting runs continue. */
  release(): void {
    writeSync(this.held, '\n'.repeat(100));
  }

  close(): void {
    closeSync(this.held);
  }
}
