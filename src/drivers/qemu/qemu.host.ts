import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { QemuConfig } from './qemu.config';
import type { Clock } from '../../platform/async/clock';
import type { Capacity } from '../port/abilities';
import type { HostFingerprint } from '../port/compute-driver.port';
import { allocatableCapacity } from '../allocatable-capacity';
import { GuestAgents } from './agent/guest-agents';
import { InputBudget } from './agent/input-budget';
import { LargeOutputs } from './agent/large-outputs';
import { AcceleratorProbe } from './accelerator';
import { asDriverError, isNoEntry } from './qemu.errors';
import type { HostId } from './host-id';
import { BlankDisks } from './disks/disk';
import { ImageFiles } from './disks/image-files';
import { InstanceLock } from './machine/instance-lock';
import type { UnixUser } from './files/instance-directory';
import { exec } from './files/exec';
import { unixUserOf } from './files/unix-user';
import { SerialConsoles } from './serial/serial-consoles';
import { UnresponsiveVms } from './unresponsive-vms';

const VERSION_MS = 2000;

/** Context shared by all machines of a host. */
export interface QemuHost {
  readonly config: QemuConfig;
  readonly deployment: string;
  readonly clock: Clock;
  readonly accelerator: AcceleratorProbe;
  readonly owner: UnixUser | undefined;
  readonly images: ImageFiles;
  readonly blanks: BlankDisks;
  readonly silent: UnresponsiveVms;
  readonly serial: SerialConsoles;
  readonly agents: GuestAgents;
  readonly largeOutputs: LargeOutputs;
  readonly inputs: InputBudget;
}

export function hostOf(config: QemuConfig, deployment: string, clock: Clock): QemuHost {
  const owner = config.user === undefined ? undefined : unixUserOf(config.user);
  const accelerator = new AcceleratorProbe(config, owner);
  const [images, blanks] = [new ImageFiles(config), new BlankDisks(config)];
  const serial = new SerialConsoles(config.consoleBytes, owner);
  const agents = new GuestAgents(new InstanceLock(config.dir, clock), clock);
  const bounds = {
    silent: new UnresponsiveVms(),
    largeOutputs: new LargeOutputs(),
    inputs: new InputBudget(),
  };
  return { config, deployment, clock, accelerator, owner, images, blanks, serial, agents, ...bounds };
}

type HostState =
  | { readonly isUp: true; readonly detail: string; readonly hosts: readonly [HostFingerprint] }
  | { readonly isUp: false; readonly detail: string };

/** The QEMU version, the accelerator and the capacity, or why machines cannot run. */
export async function inspectHost(
  { config, accelerator, silent }: QemuHost,
  hostId: HostId,
  signal: AbortSignal,
): Promise<HostState> {
  try {
    const id = (await hostId.id()) ?? null;
    const options = { signal, timeoutMs: VERSION_MS, searchPath: config.searchPath };
    const text = await exec(config.binary, ['--version'], options);
    await exec(config.imgBinary, ['--version'], options);
    const version = /version (\S+)/.exec(text)?.[1] ?? 'of unknown version';
    const user = runsAsRoot(config) ? ', virtual machines run as root' : '';
    const detail = `QEMU ${version}, ${accelerator.describe()}${user}`;
    const hanging = silent.describe();
    if (hanging !== undefined) return { isUp: false, detail: `${hanging}; ${detail}` };
    return { isUp: true, detail, hosts: [{ id, inventory: await capacityOf(config) }] };
  } catch (error) {
    return { isUp: false, detail: asDriverError(error).message };
  }
}

/** If so, a guest that escapes its emulator is root on the host, restricted only by QEMU's sandbox. */
export function runsAsRoot({ user }: Pick<QemuConfig, 'user'>): boolean {
  return process.getuid?.() === 0 && (user === undefined || user === 'root');
}

/** Allocatable capacity: the host's resources times the allocation ratios. */
async function capacityOf({ dir, allocationRatios }: QemuConfig): Promise<Capacity> {
  const host = { cpus: availableParallelism(), memoryBytes: totalmem(), disk: await fileSystemOf(dir) };
  return allocatableCapacity(host, allocationRatios);
}

/** Stats the file system of a directory, or of its closest existing parent. */
async function fileSystemOf(dir: string): Promise<{ readonly blocks: number; readonly bsize: number }> {
  try {
    return await statfs(dir);
  } catch (error) {
    if (!isNoEntry(error) || dirname(dir) === dir) throw error;
    return fileSystemOf(dirname(dir));
  }
}
