import { stat, truncate } from 'node:fs/promises';
import { forEachConcurrent } from '../../platform/async/for-each-concurrent';
import type { InventoryItem } from '../port/abilities';
import { DriverError, type Observation } from '../port/driver-call';
import type { AbandonedDrafts } from './files/abandoned-drafts';
import { isOfMonitor } from './qemu.errors';
import { idsBelow, InstanceDirectory } from './files/instance-directory';
import type { InstanceLock } from './machine/instance-lock';
import type { InstanceState } from './machine/instance-state';
import { Machine } from './machine/machine';
import type { QemuHost } from './qemu.host';
import { leftoversBelow, removeLeftover } from './files/trash';
import { SnapshotDirectory } from './snapshots/snapshot-directory';
import { settle } from './snapshots/settle';
import { DOES_NOT_ANSWER } from './unresponsive-vms';

/** Number of machines inspected concurrently. */
const CONCURRENCY = 8;
/** Timeout for machines that did not respond last time, so that many hung machines do not delay the list. */
const SILENT_MS = 2000;
const MAX_LOG_BYTES = 1_048_576;

interface Clearing {
  readonly lock: InstanceLock;
  readonly drafts: AbandonedDrafts;
  readonly snapshotDrafts: AbandonedDrafts;
}

/** Lists all machines of this deployment on this host, and performs the periodic maintenance of each. */
export async function listMachines(
  host: QemuHost,
  { lock, drafts, snapshotDrafts }: Clearing,
  signal: AbortSignal,
): Promise<readonly InventoryItem[]> {
  await clearAway(host.config.dir, { lock, drafts, snapshotDrafts }, signal);
  const inventory: InventoryItem[] = [];
  const ids = await idsBelow(host.config.dir);
  host.silent.keepOnly(new Set(ids));
  await forEachConcurrent([...ids], CONCURRENCY, async (id) => {
    signal.throwIfAborted();
    const item = await inspectOne(new InstanceDirectory(host.config.dir, id), host, { lock, signal });
    if (item) inventory.push(item);
  });
  return inventory;
}

/** Removes abandoned drafts and interrupted removals. Skips those that another process holds the lock for. */
async function clearAway(
  root: string,
  { lock, drafts, snapshotDrafts }: Clearing,
  signal: AbortSignal,
): Promise<void> {
  // A failed removal is retried at the next listing and does not fail this one.
  for (const id of await drafts.find()) {
    signal.throwIfAborted();
    const directory = new InstanceDirectory(root, id);
    await lock.tryHold(id, () => directory.removeDraft().catch(() => undefined));
  }
  for (const id of await snapshotDrafts.find()) {
    signal.throwIfAborted();
    const directory = new SnapshotDirectory(root, id);
    await lock.tryHold(id, () => directory.removeDraft().catch(() => undefined));
  }
  for (const leftover of await leftoversBelow(root)) {
    signal.throwIfAborted();
    await lock.tryHold(leftover.id, () => removeLeftover(leftover).catch(() => undefined));
  }
}

async function inspectOne(
  directory: InstanceDirectory,
  host: QemuHost,
  { lock, signal }: { readonly lock: InstanceLock; readonly signal: AbortSignal },
): Promise<InventoryItem | undefined> {
  const state = await directory.readState().catch((error: unknown) => {
    // Machines of another driver version are skipped.
    if (error instanceof DriverError) return undefined;
    throw error;
  });
  if (state?.deployment !== host.deployment) return undefined;
  const isSilent = host.silent.has(directory.id);
  const machine = new Machine(host, directory, isSilent ? SILENT_MS : undefined);
  // Skipped while an operation holds the machine's lock.
  if (!isSilent) await lock.tryHold(directory.id, () => maintain(host, machine, signal));
  const now = (await directory.readState()) ?? state;
  const observation = await observe(machine, now, signal);
  return { instanceId: directory.id, tenantId: state.tenantId, observation };
}

/** Reports a hung machine as failed, instead of failing the whole listing. */
async function observe(machine: Machine, state: InstanceState, signal: AbortSignal): Promise<Observation> {
  try {
    return await machine.observe(state, signal);
  } catch (error) {
    // A host error, such as a missing permission, does not mean that the machine has failed.
    if (signal.aborted || !isOfMonitor(error)) throw error;
    return { presence: 'present', power: 'failed', reason: DOES_NOT_ANSWER };
  }
}

async function maintain(host: QemuHost, machine: Machine, signal: AbortSignal): Promise<void> {
  const { directory } = machine;
  try {
    // Before the interrupted operation is repeated: a guest may be stopped or frozen.
    await settle(host, directory, signal);
    // Read again under the lock: an operation may just have changed it.
    const state = await directory.readState();
    if (!state) return;
    await machine.maintain(state, signal);
    const { size } = await stat(directory.own('log'));
    if (size > MAX_LOG_BYTES) await truncate(directory.own('log'));
  } catch (error) {
    // Ignored: the observation that follows reports the problem.
    if (signal.aborted) throw error;
  }
}
