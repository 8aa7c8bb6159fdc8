import { statfs } from 'node:fs/promises';
import type Docker from 'dockerode';
import type { DockerConfig } from './docker.config';
import type { Clock } from '../../platform/async/clock';
import {
  namesOf,
  type Abilities,
  type Capacity,
  type ConsoleLog,
  type EngineEvent,
  type EngineEvents,
  type Inventory,
  type Pausing,
  type Reboot,
  type Rebooting,
  type Rebuilder,
  type Resizer,
  type StatsReporter,
  type InventoryItem,
  type Usage,
} from '../port/abilities';
import type { ComputeDriver, Fingerprint } from '../port/compute-driver.port';
import {
  DriverError,
  isOn,
  type DriverCall,
  type DriverResult,
  type InstanceSpec,
  type Observation,
} from '../port/driver-call';
import { allocatableCapacity } from '../allocatable-capacity';
import { DockerExec } from './abilities/docker.exec';
import { DockerReadiness } from './abilities/docker.readiness';
import { resizeContainer } from './abilities/docker.resize';
import { containerEvents } from './docker.events';
import { consoleLines, type ConsoleOptions } from './docker.console';
import { LABEL } from './docker.labels';
import { DockerContainers } from './containers/docker.containers';
import { DockerEngine, type Doing, type EngineFacts } from './engine/docker.engine';
import { lacksContainer, refused, toDriverError } from './engine/docker.errors';
import { DockerImages } from './images/docker.images';
import { DockerLifecycle } from './containers/docker.lifecycle';
import { DockerNetworks } from './docker.networks';
import { placeOf, runOf, toInventoryItem, toObservation } from './docker.observation';
import { toUsage, type Reading } from './docker.usage';
import { DockerSnapshotImages } from './snapshots/docker.snapshot-images';
import { DockerSnapshots } from './snapshots/docker.snapshots';

const HANDLE = { v: 1, data: {} };
/** Time between two counter readings: long enough for a percentage, short enough for the waiting caller. */
const SAMPLE_MS = 300;

/**
 * Runs containers through the Docker Engine API, which Podman implements as well.
 *
 * All state is at the engine, under a name derived from the instance id; the handle's `data` is empty.
 */
export class DockerDriver
  implements ComputeDriver, Inventory, ConsoleLog, StatsReporter, EngineEvents, Pausing, Rebooting, Resizer
{
  readonly kind = 'docker';
  readonly capabilities = { types: ['container'] as const, images: 'named' as const };

  private readonly engine: DockerEngine;
  private readonly images: DockerImages;
  private readonly snapshotImages: DockerSnapshotImages;
  private readonly networks: DockerNetworks;
  private readonly containers: DockerContainers;
  private readonly lifecycle: DockerLifecycle;

  /** `deployment` labels this deployment's resources at the engine. */
  constructor(
    private readonly config: DockerConfig,
    private readonly deployment: string,
    private readonly clock: Clock,
  ) {
    this.engine = new DockerEngine(config);
    this.networks = new DockerNetworks(this.engine, config, deployment, clock);
    this.images = new DockerImages(this.engine, config);
    this.snapshotImages = new DockerSnapshotImages(this.engine, deployment);
    const { timeoutMs } = config;
    const { snapshotImages } = this;
    this.containers = new DockerContainers(this.engine, { deployment, clock, timeoutMs, snapshotImages });
    this.lifecycle = new DockerLifecycle(this.engine, this.containers, this.images, this.networks, {
      config,
      deployment,
      clock,
    });
  }

  /** Podman cannot change the limits of a container before its version 4.5. */
  get abilities(): Abilities {
    const { engine, containers, lifecycle, snapshotImages: images, clock } = this;
    const doing: Doing = (what, act) => this.doing(what, act);
    const resultOf = (call: DriverCall): Promise<DriverResult> => this.resultOf(call);
    const exec = new DockerExec({ engine, containers, clock, doing });
    const readiness = new DockerReadiness({ engine, containers, exec, doing });
    const rebuild: Rebuilder = {
      prepare: (call) => this.doing('fetch the image', () => this.images.ensure(call)),
    };
    const snapshots = new DockerSnapshots({ engine, containers, lifecycle, images, clock, doing, resultOf });
    const watching = { inventory: this, events: this, consoleLog: this, stats: this };
    const sessions = { exec, terminal: true as const, readiness };
    const all = { ...watching, ...sessions, pause: this, reboot: this, rebuild, snapshots };
    return this.engine.product === 'podman' ? all : { ...all, resize: this };
  }

  /** Podman cannot move a container out of the network `none`. */
  get canPrepare(): boolean {
    return !this.networks.isPerTenant || this.engine.product === 'docker';
  }

  async fingerprint(signal: AbortSignal): Promise<Fingerprint> {
    try {
      const facts = await this.engine.facts(signal, { isFresh: true });
      return {
        isUp: true,
        detail: facts.title,
        types: this.capabilities.types,
        hosts: [{ id: facts.id === '' ? null : facts.id, inventory: await this.capacity(facts) }],
        abilities: namesOf(this.abilities),
      };
    } catch (error) {
      return { isUp: false, detail: toDriverError('report its version', error).message };
    }
  }

  bootId(): Promise<string | undefined> {
    return this.engine.bootId();
  }

  create(call: DriverCall): Promise<DriverResult> {
    return this.doing('create the container', async () => {
      if (!(await this.lifecycle.adopt(call))) await this.lifecycle.create(call);
      return this.resultOf(call);
    });
  }

  start(call: DriverCall): Promise<DriverResult> {
    return this.doing('start the container', async () => {
      const isStarted = await this.lifecycle.start(call);
      if (isStarted && call.signal.aborted) await this.lifecycle.halt(call);
      call.signal.throwIfAborted();
      return this.resultOf(call);
    });
  }

  stop(call: DriverCall): Promise<DriverResult> {
    return this.doing('stop the container', async () => {
      await this.lifecycle.stop(call, call.purpose === 'restore' ? 0 : this.config.stopMs);
      return { handle: HANDLE };
    });
  }

  runOf({ instance, signal }: DriverCall): Promise<string | null> {
    return this.doing('inspect the container', async () =>
      runOf(await this.containers.detailsOf(instance, signal)),
    );
  }

  reboot(call: DriverCall, { type, run }: Reboot): Promise<DriverResult> {
    return this.doing('reboot the container', async () => {
      const found = await this.containers.detailsOf(call.instance, call.signal);
      if (run !== null && runOf(found) === run)
        await this.lifecycle.stop(call, type === 'soft' ? this.config.stopMs : 0);
      await this.lifecycle.start(call);
      return this.resultOf(call);
    });
  }

  pause(call: DriverCall): Promise<DriverResult> {
    return this.doing('pause the container', async () => {
      await this.lifecycle.setPaused(call, true);
      return this.resultOf(call);
    });
  }

  resume(call: DriverCall): Promise<DriverResult> {
    return this.doing('resume the container', async () => {
      await this.lifecycle.setPaused(call, false);
      return this.resultOf(call);
    });
  }

  destroy(call: DriverCall): Promise<void> {
    return this.doing('remove the container', async () => {
      await this.containers.remove(call.instance, call.signal);
      await this.networks.removeUnused(call.instance.tenantId, call.signal);
    });
  }

  inspect({ instance, signal }: DriverCall): Promise<Observation> {
    return this.doing('inspect the container', async () => {
      const found = await this.containers.find(instance, signal);
      if (!found) return { presence: 'absent' };
      const observation = toObservation(found, this.engine.bootedAt);
      return isOn(observation) ? { ...observation, ...placeOf(found, instance.guest) } : observation;
    });
  }

  list(signal: AbortSignal): Promise<readonly InventoryItem[]> {
    return this.doing('list its containers', async () => {
      const filters = { label: [`${LABEL.deployment}=${this.deployment}`] };
      const found = await this.engine.ask(
        (options, docker) => docker.listContainers({ ...options, all: true, filters }),
        signal,
      );
      return found.flatMap((container) => toInventoryItem(container) ?? []);
    });
  }

  watch(signal: AbortSignal): AsyncIterable<EngineEvent> {
    return containerEvents(this.engine, this.deployment, signal);
  }

  discard(instanceId: string, signal: AbortSignal): Promise<boolean> {
    return this.doing('remove a container without an instance', async () => {
      const removed = await this.containers.remove({ id: instanceId }, signal);
      for (const { Labels } of removed)
        await this.networks.removeUnused(Labels[LABEL.tenantId] ?? '', signal);
      return removed.length > 0;
    });
  }

  async tail(call: DriverCall, lines: number): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const line of this.console(call, { lines, isFollowing: false })) found.push(line);
    // An engine that splits long lines counts each part, and each stream may end with a partial line.
    return found.slice(-lines);
  }

  follow(call: DriverCall, lines: number): AsyncIterable<string> {
    return this.console(call, { lines, isFollowing: true });
  }

  private async *console({ instance, signal }: DriverCall, options: ConsoleOptions): AsyncGenerator<string> {
    const find = (): Promise<Docker.Container> => this.containers.containerOf(instance, signal);
    const { id } = await this.doing('read the log', find);
    yield* consoleLines(this.engine, { containerId: id, ...options }, signal);
  }

  usage(call: DriverCall): Promise<Usage> {
    return this.doing('measure the container', async () => {
      const first = await this.reading(call);
      await this.clock.wait(SAMPLE_MS, call.signal);
      return toUsage(first, await this.reading(call));
    });
  }

  /** Lowering the memory is refused if the container uses more. */
  isLive(): boolean {
    return true;
  }

  resize(call: DriverCall, to: InstanceSpec['flavor']): Promise<DriverResult> {
    return this.doing('resize the container', async () => {
      await resizeContainer({ engine: this.engine, containers: this.containers, call, to });
      return this.resultOf(call);
    });
  }

  private async reading({ instance, signal }: DriverCall): Promise<Reading> {
    const container = await this.containers.containerOf(instance, signal);
    const reading: Reading = await this.engine.ask(
      (options) => container.stats({ ...options, stream: false, 'one-shot': true }),
      signal,
    );
    if (reading.memory_stats?.usage === undefined) throw refused('The container is not running');
    return reading;
  }

  /** The disk is unknown if the engine is remote or in its own namespace. */
  private async capacity({ cpus, memoryBytes, directory }: EngineFacts): Promise<Capacity> {
    const disk = this.engine.isLocal ? await statfs(directory).catch(() => undefined) : undefined;
    return allocatableCapacity({ cpus, memoryBytes, disk }, this.config.allocationRatios);
  }

  /** Of a call that leaves the container running. */
  private async resultOf({ instance, signal }: DriverCall): Promise<DriverResult> {
    const found = await this.containers.find(instance, signal);
    if (!found) return { handle: HANDLE };
    return { handle: HANDLE, ...placeOf(found, instance.guest) };
  }

  /** Turns every rejection into a `DriverError`. */
  private async doing<T>(what: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof DriverError) throw error;
      if (lacksContainer(error))
        throw refused(
          `The container does not exist, so it is impossible to ${what.replace(' the container', '')} it`,
          error,
        );
      throw toDriverError(what, error);
    }
  }
}
