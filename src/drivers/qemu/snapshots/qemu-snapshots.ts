import { DriverError, type DriverCall, type DriverHandle, type DriverResult } from '../../port/driver-call';
import type { FromSnapshot, NewSnapshot, SnapshotRef, Snapshots, TakenSnapshot } from '../../port/snapshots';
import { whyNoAgent } from '../agent/guest-agents';
import type { InstanceDirectory } from '../files/instance-directory';
import type { HostId } from '../host-id';
import type { InstanceLock } from '../machine/instance-lock';
import type { InstanceState } from '../machine/instance-state';
import { Machine } from '../machine/machine';
import { searchProcess } from '../machine/qemu.process';
import { PAUSED } from '../machine/status-mapper';
import { inWords } from '../qemu.errors';
import type { QemuHost } from '../qemu.host';
import { QemuMonitor } from '../qmp/qemu.monitor';
import { giveUpTaking } from './interrupted';
import { SnapshotDirectory } from './snapshot-directory';
import type { SnapshotState } from './snapshot-state';
import { takeSnapshot } from './taking';
import { assertUsable, buildFromSnapshot, restoreMachine, type KnownSnapshot } from './using';

/** How snapshots reach the machine of a call. */
export interface SnapshotAccess {
  readonly host: QemuHost;
  readonly localHost: HostId;
  readonly lock: InstanceLock;
  /** Runs `work` while holding the lock of the machine, which need not exist. */
  readonly change: <T>(call: DriverCall, work: (directory: InstanceDirectory) => Promise<T>) => Promise<T>;
  /** @throws {DriverError} if the machine does not exist */
  readonly stateOf: (directory: InstanceDirectory, call: DriverCall) => Promise<InstanceState>;
  readonly resultOf: (directory: InstanceDirectory) => Promise<DriverResult>;
  /** Creates a machine that `build` makes the directory of. */
  readonly create: (
    call: DriverCall,
    build: (directory: InstanceDirectory) => Promise<InstanceState>,
  ) => Promise<DriverResult>;
}

/**
 * Snapshots of machines of this host: directories of their own beside those of the machines. Each has a copy of the disk,
 * which is based on the same image.
 */
export class QemuSnapshots implements Snapshots {
  constructor(private readonly access: SnapshotAccess) {}

  whyNotQuiesced(handle: DriverHandle | null): string | undefined {
    return whyNoAgent(handle);
  }

  take(call: DriverCall, snapshot: NewSnapshot): Promise<TakenSnapshot> {
    const { host, lock } = this.access;
    return this.access.change(call, async (directory) => {
      const state = await this.access.stateOf(directory, call);
      return lock.hold(snapshot.id, call.signal, async () => {
        const target = this.directoryOf(snapshot);
        const taken = await target.readState();
        if (taken && !this.isOwn(taken, snapshot)) throw absent();
        await this.letGoOn(directory, snapshot, call.signal);
        if (!taken) await takeSnapshot({ host, directory, state, target }, call, snapshot);
        const id = await this.access.localHost.check(call.handle);
        return {
          handle: { v: 1, data: id === undefined ? {} : { host: id } },
          sizeBytes: await target.sizeBytes(),
        };
      });
    });
  }

  abandon(call: DriverCall, snapshot: Pick<NewSnapshot, 'id' | 'tenantId' | 'isPaused'>): Promise<void> {
    const { host, localHost } = this.access;
    return this.access.change(call, async (directory) => {
      await localHost.check(call.handle);
      await giveUpTaking(host, directory, call.signal);
      await this.letGoOn(directory, snapshot, call.signal);
      await this.removeOwn(snapshot, call.signal);
    });
  }

  check(
    call: DriverCall,
    snapshot: SnapshotRef,
    options: FromSnapshot = { resumesMemory: false },
  ): Promise<void> {
    return inWords(call.signal, () => this.usable(call, snapshot, options).then(() => undefined));
  }

  restore(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult> {
    const { host } = this.access;
    return this.access.change(call, async (directory) => {
      const state = await this.access.stateOf(directory, call);
      const known = await this.usable(call, snapshot, options);
      await this.assertOff(directory, call.signal);
      await restoreMachine({ host, directory, state }, known, call, options);
      return this.access.resultOf(directory);
    });
  }

  create(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult> {
    return this.access.create(call, async (directory) => {
      const known = await this.usable(call, snapshot, options);
      return buildFromSnapshot(this.access.host, directory, known, call, options);
    });
  }

  remove(snapshot: SnapshotRef, signal: AbortSignal): Promise<void> {
    return inWords(signal, async () => {
      await this.access.localHost.check(snapshot.handle);
      await this.removeOwn(snapshot, signal);
    });
  }

  /** Resumes a guest that is paused although its instance is not, for whatever reason. */
  private async letGoOn(
    directory: InstanceDirectory,
    { isPaused }: Pick<NewSnapshot, 'isPaused'>,
    signal: AbortSignal,
  ): Promise<void> {
    if (isPaused || !(await searchProcess(directory))) return;
    const monitor = new QemuMonitor(directory);
    if ((await monitor.status(signal)) === PAUSED) await monitor.resume(signal);
  }

  private async removeOwn(
    snapshot: Pick<SnapshotRef, 'id' | 'tenantId'>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.access.lock.hold(snapshot.id, signal, async () => {
      const directory = this.directoryOf(snapshot);
      const state = await directory.readState();
      if (state && !this.isOwn(state, snapshot)) return;
      // Copies that others are making of its files go on.
      await directory.remove();
    });
  }

  private async usable(call: DriverCall, ref: SnapshotRef, options: FromSnapshot): Promise<KnownSnapshot> {
    await this.access.localHost.check(ref.handle);
    const source = this.directoryOf(ref);
    const snapshot = await source.readState();
    if (!snapshot || !this.isOwn(snapshot, ref) || ref.tenantId !== call.instance.tenantId) throw absent();
    const known = { source, snapshot };
    await assertUsable(this.access.host, known, call.instance, { ...options, signal: call.signal });
    return known;
  }

  /** Ends a process whose guest is shut down. @throws {DriverError} if the guest is on */
  private async assertOff(directory: InstanceDirectory, signal: AbortSignal): Promise<void> {
    const process = await searchProcess(directory);
    if (!process) return;
    const machine = new Machine(this.access.host, directory);
    if ((await new QemuMonitor(directory).status(signal)) !== 'shutdown') {
      throw new DriverError('The virtual machine must be stopped before its disk is replaced', {
        retryable: false,
      });
    }
    await machine.end(process, signal);
  }

  private isOwn({ deployment, tenantId }: SnapshotState, ref: Pick<SnapshotRef, 'tenantId'>): boolean {
    return deployment === this.access.host.deployment && tenantId === ref.tenantId;
  }

  private directoryOf({ id }: Pick<SnapshotRef, 'id'>): SnapshotDirectory {
    return new SnapshotDirectory(this.access.host.config.dir, id);
  }
}

function absent(): DriverError {
  return new DriverError('The snapshot no longer exists', { retryable: false });
}
