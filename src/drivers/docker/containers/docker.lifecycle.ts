import { Logger } from '@nestjs/common';
import type { ContainerInspectInfo } from 'dockerode';
import type { ImageName } from '../../port/image-name';
import type { DockerConfig } from '../docker.config';
import type { Clock } from '../../../platform/async/clock';
import { isLeaseLost, UNDO_BUDGET_MS, type DriverCall, type InstanceSpec } from '../../port/driver-call';
import { containerName, toCreateOptions } from './docker.container';
import type { DockerContainers } from './docker.containers';
import type { DockerEngine } from '../engine/docker.engine';
import {
  hasLostProcess,
  isNameTaken,
  isPaused,
  isUnchanged,
  lacksImage,
  lacksNetwork,
  refused,
  refusesDiskLimit,
  requestedPortTaken,
} from '../engine/docker.errors';
import type { DockerImages } from '../images/docker.images';
import type { DockerNetworks } from '../docker.networks';
import { mountsOf } from '../docker.volumes';
import { SETTLE_MS, settled } from '../engine/settled';

const UNDO_MS = UNDO_BUDGET_MS - SETTLE_MS;
/** A create request is repeated after pulling a missing image or dropping an unsupported disk limit. */
const MOST_ORDERS = 4;
/** Creating and starting is retried because the tenant's network may be removed concurrently. */
const MOST_ATTEMPTS = 5;
const LOOK_EVERY_MS = 100;
const MOST_LOOKS = 20;
/** Time that an engine may need beyond the grace period to stop a container. */
const STOPPING_MS = 10_000;

/** Created by this call, so its undo removes it. A container that was only found may belong to another worker. */
interface Begun {
  /** The engine's own id, because a name can be reused as soon as it is free. */
  containerId?: string;
}

/** Creates and starts containers; every step is safe to repeat. */
export class DockerLifecycle {
  private readonly logger = new Logger('DockerDriver');

  constructor(
    private readonly engine: DockerEngine,
    private readonly containers: DockerContainers,
    private readonly images: DockerImages,
    private readonly networks: DockerNetworks,
    private readonly around: {
      readonly config: DockerConfig;
      readonly deployment: string;
      readonly clock: Clock;
    },
  ) {}

  /** Creates and starts the container. On failure, removes what it created unless another worker takes over. */
  async create(call: DriverCall): Promise<void> {
    const image = this.images.of(call.instance);
    const begun: Begun = {};
    try {
      // A rebuild has pulled the image before it removed the container.
      const isPulled = !this.images.isAlwaysPulled || call.purpose === 'rebuild';
      if (!isPulled && !(await this.containers.find(call.instance, call.signal))) {
        await this.images.pull(image, call);
      }
      await this.madeAndStarted(call, image, begun);
      call.signal.throwIfAborted();
    } catch (error) {
      await this.undo(call, begun);
      throw error;
    }
  }

  /** Starts the existing container; returns false if it was already running. */
  async start(call: DriverCall): Promise<boolean> {
    const { id } = await this.containers.containerOf(call.instance, call.signal);
    return this.startContainer(call, id);
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
    const { Id, State } = await this.containers.detailsOf(call.instance, call.signal);
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

  private async madeAndStarted(call: DriverCall, image: ImageName, begun: Begun): Promise<void> {
    for (let attempts = 1; ; attempts++) {
      try {
        await this.attempt(call, image, begun);
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

  private async attempt(call: DriverCall, image: ImageName, begun: Begun): Promise<void> {
    const { instance, signal } = call;
    const network = await this.networks.ensureFor(instance.tenantId, signal);
    const mounts = await mountsOf(instance, this.engine, this.around.config, signal);
    const order = async (): Promise<void> => {
      const facts = await this.engine.facts(signal);
      const { config, deployment } = this.around;
      const body = toCreateOptions(instance, {
        config,
        deployment,
        facts,
        image: await this.images.resolve(image, call),
        network,
        mounts,
      });
      // Without this split, dockerode would also put the whole body into the query.
      const options = { _query: { name: containerName(instance.id) }, _body: body };
      const { id } = await this.engine.ask(
        ({ abortSignal }, docker) => docker.createContainer({ ...options, abortSignal }),
        settled(signal),
      );
      begun.containerId = id;
    };
    const isMade = await this.ordered(order, call, image);
    const found = isMade ? undefined : await this.leftBefore(call, order);
    if (found?.State.Running) return;
    signal.throwIfAborted();
    const containerId = found?.Id ?? begun.containerId;
    if (containerId === undefined) throw new Error('a container was neither created nor found');
    await this.startContainer(call, containerId);
  }

  /** Returns true if the container was created, false if its name is taken. */
  private async ordered(order: () => Promise<void>, call: DriverCall, image: ImageName): Promise<boolean> {
    for (let orders = 1; ; orders++) {
      try {
        await order();
        return true;
      } catch (error) {
        if (isNameTaken(error)) return false;
        if (orders === MOST_ORDERS) throw error;
        if (lacksImage(error)) await this.images.fetchMissing(image, call);
        else if (refusesDiskLimit(error)) this.engine.learnNoDiskLimit();
        else throw error;
      }
    }
  }

  /** The container that an earlier attempt left; undefined if none was usable and a new one was created. */
  private async leftBefore(
    call: DriverCall,
    order: () => Promise<void>,
  ): Promise<ContainerInspectInfo | undefined> {
    const { instance, signal } = call;
    const found = await this.findTaken(instance, signal);
    if (found && !this.containers.isOurs(found.Config.Labels, instance.id)) {
      throw refused('The engine has a container of the same name that is not of this deployment');
    }
    if (found && !found.State.Dead && !/removing|dead/.test(found.State.Status)) return found;
    if (found) await this.containers.removeById(found.Id, signal);
    await order();
    return undefined;
  }

  /** Polls, because a name is taken a moment before its container becomes visible. */
  private async findTaken(
    instance: InstanceSpec,
    signal: AbortSignal,
  ): Promise<ContainerInspectInfo | undefined> {
    for (let looks = 1; looks < MOST_LOOKS; looks++) {
      const found = await this.containers.look(containerName(instance.id), signal);
      if (found) return found;
      await this.around.clock.wait(LOOK_EVERY_MS, signal);
    }
    return undefined;
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
