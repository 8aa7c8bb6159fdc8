import { join } from 'node:path';
import { DriverError, isLeaseLost, UNDO_BUDGET_MS, type DriverCall } from '../../port/driver-call';
import type { NewSnapshot } from '../../port/snapshots';
import { diskInfoOf } from '../disks/disk';
import { copyRegular, moveRegular } from '../files/copy';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import { searchProcess } from '../machine/qemu.process';
import type { QemuHost } from '../qemu.host';
import { releaseGuest, repairTaking } from './interrupted';
import { copyRunning } from './running';
import { assertOnItsImage } from './backup';
import { PARTS, type SnapshotDirectory } from './snapshot-directory';
import type { SnapshotState } from './snapshot-state';

const UNDO_MS = UNDO_BUDGET_MS / 2;
/** For an error that nobody waits for the end of. */
const REPAIR_MS = 30_000;

export interface Taking {
  readonly host: QemuHost;
  readonly directory: InstanceDirectory;
  readonly state: InstanceState;
  readonly target: SnapshotDirectory;
}

/** Takes a snapshot of a machine whose lock is held, and undoes everything after an error. */
export async function takeSnapshot(taking: Taking, call: DriverCall, snapshot: NewSnapshot): Promise<void> {
  const { host, directory, target } = taking;
  const { signal } = call;
  if (snapshot.includesMemory && snapshot.isQuiesced) {
    throw new DriverError('A snapshot with memory needs no quiescing', { retryable: false });
  }
  try {
    await target.removeDraft();
    await target.make((draft) => fill(taking, call, snapshot, draft));
    await repairTaking(host, directory, signal);
  } catch (error) {
    if (isLeaseLost(signal)) {
      // Others cannot change the machine before this process gives up its lock.
      await releaseGuest(host, directory, AbortSignal.timeout(UNDO_MS)).catch(() => undefined);
      throw error;
    }
    const bounded = AbortSignal.timeout(signal.aborted ? UNDO_MS : REPAIR_MS);
    // What fails is tried again by the next call for this machine, and by each listing.
    await repairTaking(host, directory, bounded).catch(() => undefined);
    await target.remove();
    throw error;
  }
}

async function fill(
  taking: Taking,
  call: DriverCall,
  snapshot: NewSnapshot,
  draft: string,
): Promise<SnapshotState> {
  const { host, directory, state } = taking;
  const process = await searchProcess(directory);
  const common: Omit<SnapshotState, 'diskBytes' | 'hasEfiVariables' | 'memory'> = {
    ...{ v: 1 as const, deployment: host.deployment, instanceId: directory.id },
    // The state file may name the tenant that the machine was prepared for.
    tenantId: call.instance.tenantId,
    ...{ boot: state.boot, sources: state.sources },
    ...{ diskGB: call.instance.flavor.diskGB, hasAgent: state.hasAgent },
  };
  if (!process) {
    if (snapshot.includesMemory) {
      throw new DriverError('The memory of a stopped virtual machine cannot be saved', { retryable: false });
    }
    return { ...common, ...(await copyStopped(taking, call, draft)), memory: null };
  }
  const copy = await copyRunning({ host, directory, state, process }, snapshot, call);
  await moveRegular(directory.file('takenDisk'), join(draft, PARTS.disk));
  if (copy.hasEfiVariables) {
    await moveRegular(directory.file('takenEfiVariables'), join(draft, PARTS.efiVariables));
  }
  if (copy.memory) await moveRegular(directory.file('takenMemory'), join(draft, PARTS.memory));
  return { ...common, ...copy };
}

async function copyStopped(
  { host, directory, state }: Taking,
  { signal, progress }: DriverCall,
  draft: string,
): Promise<Pick<SnapshotState, 'diskBytes' | 'hasEfiVariables'>> {
  progress('copying the disk');
  const { config, owner } = host;
  const { searchPath } = config;
  const disk = directory.file('disk');
  const info = await diskInfoOf(config, { file: disk, format: 'qcow2' }, signal, owner);
  assertOnItsImage(info.readsFrom, state.sources);
  await copyRegular(disk, join(draft, PARTS.disk), { signal, searchPath });
  const hasEfiVariables = state.boot.kind === 'uefi';
  if (hasEfiVariables) {
    const variables = directory.file('efiVariables');
    await copyRegular(variables, join(draft, PARTS.efiVariables), { signal, searchPath });
  }
  return { diskBytes: info.virtualBytes, hasEfiVariables };
}
