import { Logger } from '@nestjs/common';
import type { ContainerInspectInfo } from 'dockerode';
import type { DockerConfig } from '../docker.config';
import type { Clock } from '../../../platform/async/clock';
import { WARM_POOLS } from '../../../platform/values/tenant';
import { isLeaseLost, UNDO_BUDGET_MS, type DriverCall, type InstanceSpec } from '../../port/driver-call';
import { DockerContainerMaker, type Begun, type ContainerSource } from './docker.container-maker';
import type { DockerContainers } from './docker.containers';
import type { DockerEngine } from '../engine/docker.engine';
import {
  hasLostProcess,
  isPaused,
  isUnchanged,
  lacksNetwork,
  refused,
  requestedPortTaken,
} from '../engine/docker.errors';
import { LABEL } from '../docker.labels';
import type { DockerImages } from '../images/docker.images';
import type { DockerNetworks } from '../docker.networks';
import { SETTLE_MS, settled } from '../engine/settled';

const UNDO_MS = UNDO_BUDGET_MS - SETTLE_MS;
/** Creating and starting is retried because the tenant's network may be removed concurrently. */
const MOST_ATTEMPTS = 5;
/** Time that an engine may need beyond the grace period to stop a container. */
const STOPPING_MS = 10_000;

/** Creates and starts containers; every step is safe to repeat. */
export class DockerLifecycle {
  private readonly logger = new Logger('DockerDriver');
  private readonly maker: DockerContainerMaker;

  constructor(
    private readonly engine: DockerEngine,
    private readonly containers: DockerContainers,
    private readonly images: DockerImages,
    private readonly networks: DockerNetworks,
    around: {
      readonly config: DockerConfig;
      readonly deployment: string;
      readonly clock: Clock;
    },
  ) {
    this.maker = new DockerContainerMaker(engine, containers, networks, around);
  }

  /** Creates and starts the container. On failure, removes what it created unless another worker takes over. */
  async create(call: DriverCall): Promise<void> {
    const image = this.images.of(call.instance);
    await this.undoing(call, async (begun) => {
      // A rebuild has pulled the image before it removed the container.
      const isPulled = !this.images.isAlwaysPulled || call.purpose === 'rebuild';
      if (!isPulled && !(await this.containers.find(call.instance, call.signal))) {
        await this.images.pull(image, call);
      }
      const source = {
        resolve: async () => ({ image: await this.images.resolve(image, call) }),
        fetch: () => this.images.fetchMissing(image, call),
      };
      await this.madeAndStarted(call, source, begun);
    });
  }

  /**
   * Gives the tenant the container that was prepared, and starts it if it has ended since.
   * @returns false if there is none
   */
  async adopt(call: DriverCall): Promise<boolean> {
    // A new instance has no handle, so it costs no request.
    if (call.handle === null) return false;
    const found = await this.containers.find(call.instance, call.signal);
    if (found?.Config.Labels[LABEL.tenantId] !== WARM_POOLS) return false;
    await this.adoptAndStart(call, found);
    return true;
  }

  /** The same from another source. */
  createFrom(call: DriverCall, source: ContainerSource): Promise<void> {
    return this.undoing(call, (begun) => this.madeAndStarted(call, source, begun));
  }

  /** Replaces the container by a new one that is not started. Once the old one is removed, an abort has no effect. */
  async replace(call: DriverCall, source: ContainerSource): Promise<void> {
    call.signal.throwIfAborted();
    const lasting = { ...call, signal: settled(call.signal) };
    await this.containers.remove(call.instance, lasting.signal);
    await this.retrying(lasting, {}, () => this.maker.make(lasting, source, {}));
  }

  private async undoing(call: DriverCall, work: (begun: Begun) => Promise<void>): Promise<void> {
    const begun: Begun = {};
    try {
      await work(begun);
      call.signal.throwIfAborted();
    } catch (error) {
      await this.undo(call, begun);
      throw error;
    }
  }

  /** Starts the existing container; returns false if it was already running. */
  async start(call: DriverCall): Promise<boolean> {
    return this.adoptAndStart(call, await this.containers.detailsOf(call.instance, call.signal));
  }

  private async adoptAndStart(call: DriverCall, container: ContainerInspectInfo): Promise<boolean> {
    const { instance, signal } = call;
    await this.networks.adopt(instance, container, settled(signal)).catch(async (error: unknown) => {
      // The network was removed with the tenant's last container.
      if (!lacksNetwork(error)) throw error;
      await this.networks.renew(instance.tenantId, container.Id, settled(signal));
    });
    return this.startContainer(call, container.Id);
  }

  private async startContainer(call: DriverCall, containerId: string): Promise<boolean> {
    for (let attempts = 1; ; attempts++) {
      try {
        return await this.started(call, containerId);
      } catch (error) {
        if (!lacksNetwork(error) || attempts === MOST_ATTEMPTS) throw error;
        // The network was removed while none of its containers ran, or with the tenant's previous last container.
        await this.networks.renew(call.instance.tenantId, containerId, call.signal);
      }
    }
  }

  private async started({ instance, signal }: DriverCall, containerId: string): Promise<boolean> {
    const container = await this.engine.container(containerId);
    try {
      const settling = settled(signal);
      if (this.networks.isMapping) await this.attach(instance, containerId, settling);
      await this.engine.ask((options) => container.start(options), settling);
      return true;
    } catch (error) {
      if (isUnchanged(error)) return false;
      if (!isPaused(error)) throw requestedPortTaken(error, instance.guest) ?? error;
      // The container was paused at the engine.
      await this.engine.ask((options) => container.unpause(options), signal);
      return true;
    }
  }

  /** Stops the container, unless it is stopped; kills it if its program does not end within `graceMs`. */
  async stop(call: DriverCall, graceMs: number): Promise<void> {
    const { instance, signal, purpose } = call;
    const found =
      purpose === 'restore'
        ? await this.containers.find(instance, signal)
        : await this.containers.detailsOf(instance, signal);
    // An earlier restore may have removed it, and may not have made the new one.
    if (!found) return;
    const { Id, State } = found;
    // Podman stops only what runs, and a frozen program cannot react to the signal.
    if (State.Paused) await this.setPaused(call, false);
    const container = await this.engine.container(Id);
    const t = Math.ceil(graceMs / 1000);
    await this.engine
      .ask((options) => container.stop({ ...options, t }), call.signal, graceMs + STOPPING_MS)
      .catch((error: unknown) => {
        if (!isUnchanged(error)) throw error;
      });
  }

  /** Pauses or resumes the container, unless that has already happened. */
  async setPaused({ instance, signal }: DriverCall, isWanted: boolean): Promise<void> {
    const container = await this.containers.containerOf(instance, signal);
    try {
      await this.engine.ask(
        (options) => (isWanted ? container.pause(options) : container.unpause(options)),
        signal,
      );
    } catch (error) {
      const { State } = await this.containers.detailsOf(instance, signal);
      if (!State.Running && !State.Paused) throw refused('The container is not running', error);
      if (State.Paused !== isWanted) throw error;
    }
  }

  /** Immediately stops what an aborted call has started, unless another worker takes over. */
  async halt({ instance, signal: aborted }: DriverCall): Promise<void> {
    if (isLeaseLost(aborted)) return;
    const signal = AbortSignal.timeout(UNDO_MS);
    const stopping = this.containers.find(instance, signal).then(async (found) => {
      if (found) await this.containers.kill(await this.engine.container(found.Id), signal);
    });
    await this.undoStep('stop the container', instance, stopping);
  }

  private async madeAndStarted(call: DriverCall, source: ContainerSource, begun: Begun): Promise<void> {
    await this.retrying(call, begun, async () => {
      const found = await this.maker.make(call, source, begun);
      if (found?.State.Running) return;
      call.signal.throwIfAborted();
      const containerId = found?.Id ?? begun.containerId;
      if (containerId === undefined) throw new Error('a container was neither created nor found');
      await this.startContainer(call, containerId);
    });
  }

  private async retrying(call: DriverCall, begun: Begun, attempt: () => Promise<unknown>): Promise<void> {
    for (let attempts = 1; ; attempts++) {
      try {
        await attempt();
        return;
      } catch (error) {
        if (attempts === MOST_ATTEMPTS) throw error;
        if (hasLostProcess(error)) {
          // According to the engine it never ran, so removing it loses no data.
          await this.containers.remove(call.instance, call.signal);
          delete begun.containerId;
          continue;
        }
        if (begun.containerId !== undefined || !lacksNetwork(error)) throw error;
        // The network was removed with the tenant's last container while this one was being created.
        this.networks.forget(call.instance.tenantId);
      }
    }
  }

  private async attach(instance: InstanceSpec, containerId: string, signal: AbortSignal): Promise<void> {
    const found = await this.containers.look(containerId, signal);
    if (found) await this.networks.attach(instance, found, signal);
  }

  private async undo({ instance, signal: aborted }: DriverCall, { containerId }: Begun): Promise<void> {
    if (isLeaseLost(aborted)) return;
    const signal = AbortSignal.timeout(UNDO_MS);
    if (containerId !== undefined) {
      await this.undoStep('remove the container', instance, this.containers.removeById(containerId, signal));
    }
    await this.undoStep(
      'remove the network',
      instance,
      this.networks.removeUnused(instance.tenantId, signal),
    );
  }

  /** A failed undo must not hide the original error; the next reconciliation finds the leftovers. */
  private async undoStep(
    step: string,
    { id, tenantId }: InstanceSpec,
    work: Promise<unknown>,
  ): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.logger.warn(
        { err: error, instanceId: id, tenantId },
        `failed to ${step} after an aborted or failed call`,
      );
    }
  }
}
