import { Logger } from '@nestjs/common';
import type { QemuConfig } from './qemu.config';
import type { Clock } from '../../platform/async/clock';
import { bootId } from '../../platform/procfs';
import {
  namesOf,
  type Abilities,
  type ConsoleLog,
  type Inventory,
  type StatsReporter,
  type InventoryItem,
  type Usage,
} from '../port/abilities';
import type { ComputeDriver, Fingerprint } from '../port/compute-driver.port';
import {
  DriverError,
  isLeaseLost,
  UNDO_BUDGET_MS,
  withPorts,
  type DriverCall,
  type DriverResult,
  type Observation,
  type PublishedPort,
} from '../port/driver-call';
import { AbandonedDrafts } from './files/abandoned-drafts';
import { asDriverError, inWords } from './qemu.errors';
import { HostId } from './host-id';
import { InstanceDirectory } from './files/instance-directory';
import { InstanceLock } from './machine/instance-lock';
import type { InstanceState } from './machine/instance-state';
import { Machine } from './machine/machine';
import { machineAbilities } from './abilities/machine-abilities';
import { buildVm } from './machine/vm-builder';
import { followConsole, tailConsole } from './qemu.console';
import { hostOf, inspectHost, runsAsRoot, type QemuHost } from './qemu.host';
import { QemuEvents } from './qemu.events';
import { listMachines } from './qemu.listing';
import { searchProcess } from './machine/qemu.process';
import { observeStray, strayOf } from './machine/strays';
import { resultOf } from './launch/machine-result';
import { settle } from './snapshots/settle';
import { QemuSnapshots } from './snapshots/qemu-snapshots';
import { usageOf } from './qemu.usage';

/** The other half is for ending the process, which happens before. */
const UNDO_MS = UNDO_BUDGET_MS / 2;

/**
 * Runs virtual machines as QEMU processes on this host. Each machine has a directory named after its instance id, where
 * every process of the service finds it. QEMU keeps running while the service is stopped.
 */
export class QemuDriver implements ComputeDriver, Inventory, ConsoleLog, StatsReporter {
  readonly kind = 'qemu';
  readonly capabilities = { types: ['vm'] as const, images: 'cataloged' as const };
  readonly canPrepare = true;
  readonly abilities: Abilities;

  private readonly host: QemuHost;
  private readonly lock: InstanceLock;
  private readonly drafts: AbandonedDrafts;
  private readonly snapshotDrafts: AbandonedDrafts;
  readonly localHost: HostId;
  private readonly events: QemuEvents;
  private isWarned = false;

  constructor(
    private readonly config: QemuConfig,
    deployment: string,
    private readonly clock: Clock,
  ) {
    this.host = hostOf(config, deployment, clock);
    this.lock = new InstanceLock(config.dir, clock);
    this.drafts = new AbandonedDrafts(config.dir, 'instances');
    this.snapshotDrafts = new AbandonedDrafts(config.dir, 'snapshots');
    this.localHost = new HostId(config.dir);
    this.events = new QemuEvents(config.dir, deployment);
    this.abilities = {
      ...{ inventory: this, events: this.events, consoleLog: this, stats: this },
      ...machineAbilities({
        host: this.host,
        query: (call, work) => this.query(call, work),
        change: (call, work) => this.changeKnown(call, work),
      }),
      snapshots: new QemuSnapshots({
        ...{ host: this.host, localHost: this.localHost, lock: this.lock },
        change: (call, work) => this.change(call, work),
        stateOf: async (directory, call) => (await this.known(directory, call)).state,
        resultOf: async (directory) => resultOf(directory, await this.localHost.id(), []),
        create: (call, build) => this.createBy(call, build),
      }),
      snapshotMemory: true,
    };
  }

  async fingerprint(signal: AbortSignal): Promise<Fingerprint> {
    this.warnOnce();
    const found = await inspectHost(this.host, this.localHost, signal);
    if (!found.isUp) return found;
    return { ...found, types: this.capabilities.types, abilities: namesOf(this.abilities) };
  }

  bootId(): Promise<string | undefined> {
    return bootId();
  }

  create(call: DriverCall): Promise<DriverResult> {
    return this.createBy(call, (directory) => buildVm({ host: this.host, directory, call }));
  }

  start(call: DriverCall): Promise<DriverResult> {
    return this.changeKnown(call, (directory, state) =>
      this.machine(directory).powerOn(state, call.instance, call.signal),
    );
  }

  stop(call: DriverCall): Promise<DriverResult> {
    return this.changeKnown(call, async (directory, state) => {
      await this.machine(directory).powerOff(state, call.signal);
      // No ports are published while it is off; the state file keeps them for the next start.
      return [];
    });
  }

  destroy(call: DriverCall): Promise<void> {
    return this.change(call, async (directory) => {
      await this.localHost.check(call.handle);
      await this.removeAll(directory, call.signal);
    });
  }

  inspect(call: DriverCall): Promise<Observation> {
    return inWords(call.signal, async () => {
      const directory = this.directoryOf(call.instance.id);
      await this.localHost.check(call.handle);
      const state = await directory.readState();
      if (!state) return observeStray(directory, this.host.owner);
      return withPorts(
        await this.machine(directory).observe(state, call.signal),
        call.instance.guest,
        () => state.ports,
      );
    });
  }

  list(signal: AbortSignal): Promise<readonly InventoryItem[]> {
    return inWords(signal, async () => {
      await this.localHost.check(null);
      const { lock, drafts, snapshotDrafts } = this;
      const items = await listMachines(this.host, { lock, drafts, snapshotDrafts }, signal);
      await this.events.followRunning(items);
      return items;
    });
  }

  discard(instanceId: string, signal: AbortSignal): Promise<boolean> {
    return inWords(signal, async () => {
      const directory = this.directoryOf(instanceId);
      await this.localHost.check(null);
      return this.lock.hold(instanceId, signal, async () => {
        const state = await directory.readState();
        if (state?.deployment !== this.host.deployment) return false;
        await this.removeAll(directory, signal);
        return true;
      });
    });
  }

  tail(call: DriverCall, lines: number): Promise<readonly string[]> {
    return this.query(call, (directory) => tailConsole(this.machine(directory), lines, call.signal));
  }

  async *follow(call: DriverCall, lines: number): AsyncIterable<string> {
    const { signal } = call;
    const directory = this.directoryOf(call.instance.id);
    await inWords(signal, () => this.known(directory, call));
    try {
      yield* followConsole(this.machine(directory), { lines, signal, clock: this.clock });
    } catch (error) {
      if (!signal.aborted) throw asDriverError(error);
    }
  }

  usage(call: DriverCall): Promise<Usage> {
    const { ramGB } = call.instance.flavor;
    const { signal } = call;
    return this.query(call, (directory) => usageOf({ directory, ramGB, clock: this.clock, signal }));
  }

  /** Called by the first fingerprint at service start, not the constructor: an unused driver should not warn. */
  private warnOnce(): void {
    if (this.isWarned || !runsAsRoot(this.config)) return;
    this.isWarned = true;
    new Logger('QemuDriver').warn('virtual machines run as root: set QEMU_USER to a dedicated user');
  }

  private createBy(
    call: DriverCall,
    build: (directory: InstanceDirectory) => Promise<InstanceState>,
  ): Promise<DriverResult> {
    return this.change(call, async (directory) => {
      const host = await this.localHost.ensure(call.handle);
      const found = await directory.readState();
      const isThere = found !== undefined;
      try {
        const state = found ?? (await build(directory));
        call.progress('booting');
        // The service process that created it may have died before the sync.
        if (isThere) await directory.sync();
        const machine = this.machine(directory);
        const { instance, signal } = call;
        // `powerOn` searches all processes of the host, which a new machine does not need.
        const ports = await (isThere
          ? machine.powerOn(state, instance, signal)
          : machine.powerOnFirst(state, instance, signal));
        return await resultOf(directory, host, ports);
      } catch (error) {
        // Undo only what this call created.
        if (isThere || isLeaseLost(call.signal)) throw error;
        await this.removeAll(directory, AbortSignal.timeout(UNDO_MS));
        throw error;
      }
    });
  }

  /** Reads something of a machine that exists, without its lock. */
  private query<T>(
    call: DriverCall,
    work: (directory: InstanceDirectory, state: InstanceState) => Promise<T>,
  ): Promise<T> {
    return inWords(call.signal, async () => {
      const directory = this.directoryOf(call.instance.id);
      const { state } = await this.known(directory, call);
      return work(directory, state);
    });
  }

  /** Changes a machine that exists; `work` returns its published ports. */
  private changeKnown(
    call: DriverCall,
    work: (directory: InstanceDirectory, state: InstanceState) => Promise<readonly PublishedPort[]>,
  ): Promise<DriverResult> {
    return this.change(call, async (directory) => {
      const { host, state } = await this.known(directory, call);
      return resultOf(directory, host, await work(directory, state));
    });
  }

  /** Runs `work` while holding the machine's lock. */
  private change<T>(call: DriverCall, work: (directory: InstanceDirectory) => Promise<T>): Promise<T> {
    const { instance, signal } = call;
    return inWords(signal, async () => {
      const directory = this.directoryOf(instance.id);
      return this.lock.hold(instance.id, signal, async () => {
        if (call.purpose !== 'delete') await settle(this.host, directory, signal);
        const result = await work(directory);
        await this.events.changed(directory);
        return result;
      });
    });
  }

  /** @throws {DriverError} if the machine does not exist */
  private async known(
    directory: InstanceDirectory,
    { handle }: DriverCall,
  ): Promise<{ readonly host: string | undefined; readonly state: InstanceState }> {
    const host = await this.localHost.check(handle);
    const state = await directory.readState();
    if (state) return { host, state };
    throw new DriverError('The virtual machine no longer exists', { retryable: false });
  }

  private async removeAll(directory: InstanceDirectory, signal: AbortSignal): Promise<void> {
    const identity = (await searchProcess(directory)) ?? (await strayOf(directory, this.host.owner));
    if (identity) await this.machine(directory).end(identity, signal);
    await directory.remove();
  }

  private machine(directory: InstanceDirectory): Machine {
    return new Machine(this.host, directory);
  }

  private directoryOf(id: string): InstanceDirectory {
    return new InstanceDirectory(this.config.dir, id);
  }
}
