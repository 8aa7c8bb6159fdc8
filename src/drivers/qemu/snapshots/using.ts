import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId } from '../../../platform/procfs';
import { DriverError, type DriverCall, type InstanceSpec } from '../../port/driver-call';
import type { FromSnapshot } from '../../port/snapshots';
import { cloudInitSeed } from '../disks/cloud-init-seed';
import type { InstanceDirectory } from '../files/instance-directory';
import { whyNotResumable } from '../launch/launch-spec';
import type { InstanceState } from '../machine/instance-state';
import { FILES } from '../machine/qemu.arguments';
import { noGpus } from '../machine/vm-builder';
import type { QemuHost } from '../qemu.host';
import { copyParts, linkMemory, restoreParts } from './restoring';
import { disksOf, PARTS, type SnapshotDirectory } from './snapshot-directory';
import type { SnapshotState } from './snapshot-state';

const GIB = 1024 ** 3;
const SAME_ADDRESSES =
  'The guest would have the addresses of the instance that the snapshot was taken of, in the same network';

/** A snapshot that exists and belongs to the tenant. */
export interface KnownSnapshot {
  readonly source: SnapshotDirectory;
  readonly snapshot: SnapshotState;
}

/**
 * Whether a machine can be made from the snapshot.
 * @throws {DriverError} if its flavor is too small, or a file of the image is missing or was changed
 */
export async function assertUsable(
  { config, images }: Pick<QemuHost, 'config' | 'images'>,
  { snapshot }: KnownSnapshot,
  { id, flavor }: Pick<InstanceSpec, 'id' | 'flavor'>,
  { resumesMemory, signal }: FromSnapshot & { readonly signal: AbortSignal },
): Promise<void> {
  if (flavor.gpus > 0) throw noGpus();
  if (flavor.diskGB < snapshot.diskGB && flavor.diskGB * GIB < snapshot.diskBytes) {
    throw refusal(
      `The snapshot needs a flavor with a disk of at least ${Math.ceil(snapshot.diskBytes / GIB)} GB`,
    );
  }
  if (resumesMemory) {
    if (!snapshot.memory) throw refusal('The snapshot does not contain the memory of the guest');
    const isBridged = config.network.kind === 'bridge';
    if (isBridged && id !== snapshot.instanceId) throw refusal(SAME_ADDRESSES);
    const reason = whyNotResumable(snapshot.memory, flavor, isBridged);
    if (reason !== undefined) throw refusal(reason);
  }
  await images.unchanged(snapshot.sources, signal);
}

/** Gives a machine without a process the disk of the snapshot. */
export async function restoreMachine(
  {
    host,
    directory,
    state,
  }: { readonly host: QemuHost; readonly directory: InstanceDirectory; readonly state: InstanceState },
  known: KnownSnapshot,
  { instance, signal, progress }: DriverCall,
  { resumesMemory }: FromSnapshot,
): Promise<void> {
  progress('copying the disk');
  const next = {
    ...state,
    isWanted: false,
    ended: null,
    ...fromSnapshot(known.snapshot, instance, resumesMemory),
  };
  await restoreParts({ host, directory, ...known, state: next }, signal);
}

/** Like `buildVm`, with the disk of the snapshot, and a seed of its own: cloud-init sees a new instance. */
export async function buildFromSnapshot(
  host: QemuHost,
  directory: InstanceDirectory,
  { source, snapshot }: KnownSnapshot,
  { instance, signal, progress }: DriverCall,
  { resumesMemory }: FromSnapshot,
): Promise<InstanceState> {
  const { image, tenantId } = instance;
  const seed = cloudInitSeed(instance, image === null || image.kind === 'name' ? null : image.defaultUser);
  progress('copying the disk');
  const state: InstanceState = {
    ...{ v: 1, deployment: host.deployment, tenantId },
    ...{ isWanted: true, ports: [], ended: null, hostBoot: await bootId(), hasAgent: snapshot.hasAgent },
    ...fromSnapshot(snapshot, instance, resumesMemory),
  };
  signal.throwIfAborted();
  await directory.remove();
  await directory.make(state, host.owner, async (work) => {
    await copyParts(host, { source, parts: disksOf(snapshot), to: work }, signal);
    if (state.resumes) await linkMemory(host, source, join(work, '..', PARTS.memory));
    await writeFile(join(work, FILES.seed), seed, { mode: 0o600 });
  });
  return state;
}

function fromSnapshot(
  { boot, sources, memory, diskBytes }: SnapshotState,
  { flavor: { diskGB } }: Pick<InstanceSpec, 'flavor'>,
  resumesMemory: boolean,
): Pick<InstanceState, 'boot' | 'sources' | 'resumes' | 'growsToGB'> {
  return {
    ...{ boot, sources },
    resumes: resumesMemory ? memory : null,
    growsToGB: diskGB * GIB > diskBytes ? diskGB : null,
  };
}

function refusal(reason: string): DriverError {
  return new DriverError(reason, { retryable: false });
}
