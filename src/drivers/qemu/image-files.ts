import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { DriverError, type ImageSource, type InstanceSpec } from '../compute-driver.port';
import { virtualBytesOf, type Backing } from './disk';
import { isNoEntry } from './failures';
import type { BootSource } from './instance-state';
import { findFirmware } from './firmware';

/** Files whose contents are known; more than a catalogue has. */
const MAX_KNOWN = 10_000;

/** An image that was looked at and may be started from. */
export interface ReadyImage {
  readonly boot: BootSource;
  /** What the firmware's memory is copied from. */
  readonly efiVariables: string | null;
  readonly backing: Backing | null;
  readonly backingBytes: number;
  readonly defaultUser: string | null;
}

interface Part {
  readonly file: string;
  readonly sha256: string | null;
}

/** The files of images, each read once for its checksum as long as it does not change. */
export class ImageFiles {
  private readonly sums = new Map<string, string>();
  private readonly sizes = new Map<string, number>();

  constructor(private readonly imgBinary: string) {}

  /** @throws {DriverError} where a file is missing, or is not what the catalogue vouches for */
  async ready(instance: InstanceSpec, signal: AbortSignal): Promise<ReadyImage> {
    const { image, imageId } = instance;
    if (image === null || image.kind === 'name') {
      throw new DriverError(`The image "${imageId}" is not one for virtual machines`, { retryable: false });
    }
    await Promise.all(partsOf(image).map((part) => this.check(part, imageId, signal)));
    const backing = image.kind === 'disk' ? { file: image.file, format: image.format } : image.disk;
    return {
      ...(await this.bootOf(image)),
      backing,
      backingBytes: backing === null ? 0 : await this.sizeOf(backing, signal),
      defaultUser: image.defaultUser,
    };
  }

  private async bootOf(
    image: Exclude<ImageSource, { kind: 'name' }>,
  ): Promise<Pick<ReadyImage, 'boot' | 'efiVariables'>> {
    if (image.kind === 'kernel') {
      const { kernel, initrd, commandLine } = image;
      return { boot: { kind: 'kernel', kernel, initrd, commandLine }, efiVariables: null };
    }
    if (image.firmware === 'bios') return { boot: { kind: 'bios' }, efiVariables: null };
    const firmware = await findFirmware();
    if (firmware) return { boot: { kind: 'uefi', code: firmware.code }, efiVariables: firmware.variables };
    throw new DriverError('The image needs UEFI firmware, and the host has none: install the package ovmf', {
      retryable: false,
    });
  }

  private async check({ file, sha256 }: Part, imageId: string, signal: AbortSignal): Promise<void> {
    const key = await keyOf(file, imageId);
    if (sha256 === null) return;
    const known = this.sums.get(key) ?? (await sumOf(file, signal));
    keep(this.sums, key, known);
    if (known === sha256.toLowerCase()) return;
    throw new DriverError(
      `A file of the image "${imageId}" is not the one in the catalogue: its checksum differs`,
      {
        retryable: false,
      },
    );
  }

  private async sizeOf(backing: Backing, signal: AbortSignal): Promise<number> {
    const key = await keyOf(backing.file, '');
    const bytes = this.sizes.get(key) ?? (await virtualBytesOf(this.imgBinary, backing, signal));
    keep(this.sizes, key, bytes);
    return bytes;
  }
}

function partsOf(image: Exclude<ImageSource, { kind: 'name' }>): readonly Part[] {
  if (image.kind === 'disk') return [{ file: image.file, sha256: image.sha256 }];
  const { kernel, initrd, disk, sha256 } = image;
  return [
    { file: kernel, sha256: sha256.kernel ?? null },
    ...(initrd === null ? [] : [{ file: initrd, sha256: sha256.initrd ?? null }]),
    ...(disk === null ? [] : [{ file: disk.file, sha256: sha256.disk ?? null }]),
  ];
}

/** A file, and which version of it. */
async function keyOf(file: string, imageId: string): Promise<string> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(file, { bigint: true });
    return [file, dev, ino, size, mtimeNs, ctimeNs].join('\0');
  } catch (error) {
    if (!isNoEntry(error)) throw error;
    throw new DriverError(`A file of the image "${imageId}" is missing on this host`, {
      retryable: false,
      cause: error,
    });
  }
}

async function sumOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex');
}

function keep<T>(known: Map<string, T>, key: string, value: T): void {
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, value);
}
