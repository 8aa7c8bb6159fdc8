import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileVersion } from '../../../platform/values/file-version';
import { isRecord } from '../../../platform/values/records';
import { DriverError } from '../../port/driver-call';
import type { QemuConfig } from '../qemu.config';
import { exec } from '../files/exec';
import type { UnixUser } from '../files/instance-directory';
import { SingleFlight } from '../../../platform/async/single-flight';

const GIB = 1024 ** 3;
const TIMEOUT_MS = 60_000;
/** About 200 KB each; larger only for disks of many terabytes. */
const MAX_BLANKS = 64;
const BLANK = 'blank.qcow2';

export type DiskTools = Pick<QemuConfig, 'imgBinary' | 'searchPath'>;

/** Base image of a disk. The path is absolute. */
export interface Backing {
  readonly file: string;
  readonly format: 'qcow2' | 'raw';
}

export interface DiskSpec {
  readonly backing: Backing | null;
  /** Virtual size of the backing image; 0 without one. */
  readonly backingBytes: number;
  readonly diskGB: number;
}

interface Blank {
  readonly backing: Backing | null;
  readonly bytes: number;
  readonly scratch: string;
}

export interface DiskInfo {
  /** Size as the guest sees it. */
  readonly virtualBytes: number;
  /** Other files that its content is read from, as the file names them. */
  readonly readsFrom: readonly string[];
}

/** Reads what the header of an image says. `owner` is the user that reads it, if not this one. */
export async function diskInfoOf(
  { imgBinary, searchPath }: DiskTools,
  { file, format }: Backing,
  signal: AbortSignal,
  owner?: UnixUser,
): Promise<DiskInfo> {
  const args = ['info', '--output=json', '-U', '-f', format, file];
  const text = await exec(imgBinary, args, { signal, timeoutMs: TIMEOUT_MS, searchPath, owner });
  const info: unknown = JSON.parse(text);
  const { 'virtual-size': virtualBytes, ...others } = isRecord(info) ? info : {};
  if (typeof virtualBytes !== 'number')
    throw new DriverError('The disk of the image is unreadable', { retryable: false });
  const specific = isRecord(others['format-specific']) ? others['format-specific']['data'] : undefined;
  const dataFile = isRecord(specific) ? specific['data-file'] : undefined;
  const readsFrom = [others['backing-filename'], dataFile].filter((name) => typeof name === 'string');
  return { virtualBytes, readsFrom };
}

export async function virtualBytesOf(...parameters: Parameters<typeof diskInfoOf>): Promise<number> {
  return (await diskInfoOf(...parameters)).virtualBytes;
}

/** Grows the disk of a stopped machine; never shrinks it. */
export async function growDisk(
  { config, owner }: { readonly config: DiskTools; readonly owner: UnixUser | undefined },
  file: string,
  diskGB: number,
  signal: AbortSignal,
): Promise<void> {
  const { imgBinary, searchPath } = config;
  const bytes = diskGB * GIB;
  if (bytes <= (await virtualBytesOf(config, { file, format: 'qcow2' }, signal, owner))) return;
  // As the owner, because a guest that escaped from its emulator could have written anything into this file.
  const args = ['resize', '-q', '-f', 'qcow2', file, String(bytes)];
  await exec(imgBinary, args, { signal, timeoutMs: TIMEOUT_MS, searchPath, owner });
}

/**
 * Empty disk files created by `qemu-img`. They are small and depend only on image and size, so each is cached and most
 * new machines need not run `qemu-img`.
 */
export class BlankDisks {
  private readonly made = new SingleFlight<Buffer>(MAX_BLANKS);

  constructor(private readonly tools: DiskTools) {}

  /**
   * Creates an overlay for the guest's writes; the image below it is never written to.
   * @param scratch directory for temporary files; the caller removes what a killed process leaves there. If it is
   *   removed while other callers wait for the same disk, they fail and can try again.
   * @throws {DriverError} if the image is not usable
   */
  async get(spec: DiskSpec, scratch: string, signal: AbortSignal): Promise<Buffer> {
    const { backing } = spec;
    const bytes = Math.max(spec.diskGB * GIB, spec.backingBytes);
    const below =
      backing === null ? '' : `${backing.format}:${backing.file}\0${await fileVersion(backing.file)}`;
    return this.made.run(`${bytes} ${below}`, signal, (shared) =>
      this.make({ backing, bytes, scratch }, shared),
    );
  }

  private async make({ backing, bytes, scratch }: Blank, signal: AbortSignal): Promise<Buffer> {
    const { imgBinary, searchPath } = this.tools;
    // The path is absolute, so it cannot be mistaken for a protocol or an option.
    const below = backing === null ? [] : ['-b', backing.file, '-F', backing.format];
    const args = ['create', '-q', '-f', 'qcow2', ...below, BLANK, String(bytes)];
    await exec(imgBinary, args, { signal, timeoutMs: TIMEOUT_MS, searchPath, cwd: scratch });
    const blank = await readFile(join(scratch, BLANK));
    await rm(join(scratch, BLANK));
    return blank;
  }
}
