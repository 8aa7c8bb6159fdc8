import { contentVersion, fileVersion } from '../../../platform/values/file-version';
import { DriverError, type ImageSource, type InstanceSpec } from '../../port/driver-call';
import { virtualBytesOf, type Backing, type DiskTools } from './disk';
import { isNoEntry } from '../qemu.errors';
import type { BootSource, SourceFile } from '../machine/instance-state';
import { findFirmware } from '../machine/firmware';
import { exec } from '../files/exec';
import { SingleFlight } from '../../../platform/async/single-flight';

/** Maximum number of cached results; more than a catalog has files. */
const MAX_KNOWN = 10_000;
/** Enough for a terabyte on a slow disk. Operations with a shorter deadline are aborted by their signal. */
const SUM_MS = 6 * 3_600_000;

const MISSING = 'A file of the image is missing on this host';
const CHANGED =
  'A file of the image was changed after this virtual machine was created, so its disk no longer matches: ' +
  'an operator must restore the file';

/** An image that was checked and can be booted. */
export interface ReadyImage {
  readonly boot: BootSource;
  readonly sources: readonly SourceFile[];
  /** Template of the firmware's variable store. */
  readonly efiVariables: string | null;
  readonly backing: Backing | null;
  readonly backingBytes: number;
  readonly defaultUser: string | null;
}

interface Part {
  readonly file: string;
  readonly sha256: string | null;
}

/** Image files. Each is read once for its checksum until it changes; concurrent callers share the read. */
export class ImageFiles {
  private readonly sums = new SingleFlight<string>(MAX_KNOWN);
  private readonly sizes = new SingleFlight<number>(MAX_KNOWN);

  constructor(private readonly tools: DiskTools) {}

  /** @throws {DriverError} if a file is missing or does not match the checksum in the catalog */
  async ready(instance: InstanceSpec, signal: AbortSignal): Promise<ReadyImage> {
    const { image, imageId } = instance;
    if (image === null || image.kind === 'name') {
      throw new DriverError(`The image "${imageId}" is not an image for virtual machines`, {
        retryable: false,
      });
    }
    const sources = await Promise.all(partsOf(image).map((part) => this.check(part, imageId, signal)));
    const backing = image.kind === 'disk' ? { file: image.file, format: image.format } : image.disk;
    return {
      ...(await this.bootOf(image)),
      sources,
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
    throw new DriverError('The image needs UEFI firmware, which the host lacks: install the package ovmf', {
      retryable: false,
    });
  }

  /**
   * Checks that the files a machine is based on are unchanged: an overlay disk is corrupt on top of a different base.
   * @returns the sources with their current versions
   * @throws {DriverError} if a file is missing or was changed
   */
  async unchanged(sources: readonly SourceFile[], signal: AbortSignal): Promise<readonly SourceFile[]> {
    return Promise.all(sources.map((source) => this.verify(source, signal)));
  }

  private async verify(source: SourceFile, signal: AbortSignal): Promise<SourceFile> {
    const { file, sha256 } = source;
    const version = await missingIsFinal(contentVersion(file), MISSING);
    if (version === source.version) return source;
    if (sha256 !== null && (await this.hasSum(file, sha256, MISSING, signal))) return { ...source, version };
    throw new DriverError(CHANGED, { retryable: false, cause: new Error(`${file} was changed`) });
  }

  private async check({ file, sha256 }: Part, imageId: string, signal: AbortSignal): Promise<SourceFile> {
    const missing = `A file of the image "${imageId}" is missing on this host`;
    const version = await missingIsFinal(contentVersion(file), missing);
    if (sha256 === null || (await this.hasSum(file, sha256, missing, signal)))
      return { file, version, sha256 };
    throw new DriverError(`A file of the image "${imageId}" does not match the checksum in the catalog`, {
      retryable: false,
    });
  }

  private async hasSum(file: string, sha256: string, missing: string, signal: AbortSignal): Promise<boolean> {
    const key = await keyOf(file, missing);
    return (await this.sums.run(key, signal, (shared) => this.sumOf(file, shared))) === sha256.toLowerCase();
  }

  /** Runs in a child process, so that other work, such as renewing leases, is not delayed. */
  private async sumOf(file: string, signal: AbortSignal): Promise<string> {
    const { searchPath } = this.tools;
    const text = await exec('sha256sum', ['--', file], { signal, timeoutMs: SUM_MS, searchPath });
    // `sha256sum` starts the line with a backslash if the file name contains one.
    const sum = /^\\?([0-9a-f]{64})\s/.exec(text)?.[1];
    if (sum !== undefined) return sum;
    throw new DriverError('The checksum of a file of the image could not be computed', { retryable: true });
  }

  private async sizeOf(backing: Backing, signal: AbortSignal): Promise<number> {
    const key = await keyOf(backing.file, MISSING);
    return this.sizes.run(key, signal, (shared) => virtualBytesOf(this.tools, backing, shared));
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

/** Cache key for the current version of a file. */
async function keyOf(file: string, missing: string): Promise<string> {
  return `${file}\0${await missingIsFinal(fileVersion(file), missing)}`;
}

/** @param missing message of the non-retryable error that is thrown if the file does not exist */
async function missingIsFinal<T>(looking: Promise<T>, missing: string): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    if (!isNoEntry(error)) throw error;
    throw new DriverError(missing, { retryable: false, cause: error });
  }
}
