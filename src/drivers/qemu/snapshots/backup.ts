import { isRecord } from '../../../platform/values/records';
import { DriverError } from '../../port/driver-call';
import { exec } from '../files/exec';
import type { InstanceDirectory } from '../files/instance-directory';
import type { SourceFile } from '../machine/instance-state';
import { DISK, EFI_VARIABLES, FILES } from '../machine/qemu.arguments';
import type { QemuHost } from '../qemu.host';
import { addNode, MEMORY_NODE } from '../qmp/block-jobs';
import type { QmpExecute } from '../qmp/qmp.client';

const CREATE_MS = 60_000;
/** Any size: the memory is stored behind the end of this disk. */
const MEMORY_BYTES = 1_048_576;

/** Names of nodes and their jobs: the copies of the disk and of the variables of UEFI firmware. */
const TAKEN_DISK = 'taken-disk';
const TAKEN_EFI = 'taken-efi';
export const BACKUPS = [TAKEN_DISK, TAKEN_EFI] as const;

/** What to copy of a machine. */
export interface BackupPlan {
  readonly diskBytes: number;
  readonly backing: { readonly file: string; readonly format: string } | null;
  /** Null without UEFI firmware. */
  readonly efiBytes: number | null;
  readonly includesMemory: boolean;
}

/**
 * QEMU is not trusted, because a guest may have escaped from it: its disk could name the files of other machines.
 * @throws {DriverError} if it does
 */
export function assertOnItsImage(readsFrom: readonly unknown[], sources: readonly SourceFile[]): void {
  if (readsFrom.every((file) => sources.some((source) => source.file === file))) return;
  throw new DriverError('The disk of the virtual machine is not based on its image', { retryable: false });
}

export async function planBackup(
  execute: QmpExecute,
  sources: readonly SourceFile[],
): Promise<Omit<BackupPlan, 'includesMemory'>> {
  const answer = await execute('query-named-block-nodes', { flat: true });
  const nodes: readonly unknown[] = Array.isArray(answer) ? answer : [];
  const imageOf = (name: string): Readonly<Record<string, unknown>> | undefined => {
    const node = nodes.filter(isRecord).find((each) => each['node-name'] === name);
    return isRecord(node?.['image']) ? node['image'] : undefined;
  };
  const disk = imageOf(DISK) ?? {};
  const { 'backing-filename': file, 'backing-filename-format': format } = disk;
  assertOnItsImage(file === undefined ? [] : [file], sources);
  const efi = imageOf(EFI_VARIABLES);
  return {
    diskBytes: sizeOf(disk),
    backing: typeof file === 'string' ? { file, format: format === 'raw' ? 'raw' : 'qcow2' } : null,
    efiBytes: efi ? sizeOf(efi) : null,
  };
}

/** Creates the files that QEMU copies to, as its user: others cannot be opened by it. */
export async function createTargets(
  { config: { imgBinary, searchPath }, owner }: Pick<QemuHost, 'config' | 'owner'>,
  { work }: InstanceDirectory,
  { diskBytes, backing, efiBytes, includesMemory }: BackupPlan,
  signal: AbortSignal,
): Promise<void> {
  const create = (format: string, file: string, bytes: number, below: readonly string[] = []) =>
    exec(imgBinary, ['create', '-q', '-f', format, ...below, file, String(bytes)], {
      ...{ signal, timeoutMs: CREATE_MS, searchPath, cwd: work, owner },
    });
  // The size is known, so qemu-img need not open the image (-u).
  const below = backing ? ['-u', '-b', backing.file, '-F', backing.format] : [];
  await Promise.all([
    create('qcow2', FILES.takenDisk, diskBytes, below),
    ...(efiBytes === null ? [] : [create('raw', FILES.takenEfiVariables, efiBytes)]),
    ...(includesMemory ? [create('qcow2', FILES.takenMemory, MEMORY_BYTES)] : []),
  ]);
}

/** Opens the files that QEMU copies to. */
export async function openTargets(
  execute: QmpExecute,
  { efiBytes, includesMemory }: BackupPlan,
): Promise<void> {
  await addNode(execute, TAKEN_DISK, { driver: 'qcow2', file: FILES.takenDisk });
  if (efiBytes !== null) await addNode(execute, TAKEN_EFI, { driver: 'raw', file: FILES.takenEfiVariables });
  if (includesMemory) await addNode(execute, MEMORY_NODE, { driver: 'qcow2', file: FILES.takenMemory });
}

/**
 * Starts to copy what the disks contain now. The guest may change them meanwhile: QEMU copies what is overwritten before
 * that happens.
 * @returns the ids of the jobs
 */
export async function startBackup(execute: QmpExecute, { efiBytes }: BackupPlan): Promise<readonly string[]> {
  const copies = [
    // Its own clusters, without those of the image below it.
    { device: DISK, target: TAKEN_DISK, sync: 'top' },
    ...(efiBytes === null ? [] : [{ device: EFI_VARIABLES, target: TAKEN_EFI, sync: 'full' }]),
  ];
  const actions = copies.map((copy) => ({
    type: 'blockdev-backup',
    data: { 'job-id': copy.target, ...copy, 'auto-dismiss': false },
  }));
  await execute('transaction', { actions });
  return copies.map(({ target }) => target);
}

function sizeOf(image: Readonly<Record<string, unknown>>): number {
  const bytes = image['virtual-size'];
  if (typeof bytes === 'number' && Number.isSafeInteger(bytes)) return bytes;
  throw new DriverError('QEMU did not report the size of its disk', { retryable: true });
}
