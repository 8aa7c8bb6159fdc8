import { Logger } from '@nestjs/common';
import type { ContainerInspectInfo } from 'dockerode';
import type { ImageName } from '../../common/image-name';
import type { DockerConfig } from '../../config';
import type { Clock } from '../clock';
import { isHandedOver, UNDO_BUDGET_MS, type DriverCall, type InstanceSpec } from '../compute-driver.port';
import { containerName, toCreateOptions } from './docker.container';
import type { DockerContainers } from './docker.containers';
import type { DockerEngine } from './docker.engine';
import {
  hasLostProcess,
  isNameTaken,
  isPaused,
  isUnchanged,
  lacksImage,
  lacksNetwork,
  refused,
  refusesDiskLimit,
} from './docker.errors';
import type { DockerImages } from './docker.images';
import type { DockerNetworks } from './docker.networks';
import { mountsOf } from './docker.volumes';
import { SETTLE_MS, settled } from './settled';

const UNDO_MS = UNDO_BUDGET_MS - SETTLE_MS;
/** An order for a container is changed and repeated for what the engine has not, e.g. the image. */
const MOST_ORDERS = 4;
/** Of a container in the network of its tenant, which others come to and leave. */
const MOST_ATTEMPTS = 5;
const LOOK_EVERY_MS = 100;
const MOST_LOOKS = 20;

/** What this very call has made, and would have to undo; never what it found, which may be another worker's. */
interface Begun {
  /** The engine's own id: a name is the next one's as soon as it is free. */
  containerId?: string;
}

/** Creates and starts containers; each step may be repeated. */
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

  /** Makes the container and starts it; removes what it has made where it fails, unless another worker goes on. */
  async create(call: DriverCall): Promise<void> {
    const image = this.images.of(call.instance);
    const begun: Begun = {};
    try {
      if (this.images.isAlwaysPulled && !(await this.containers.find(call.instance, call.signal))) {
        await this.images.pull(image, call);
      }
      await this.madeAndStarted(call, image, begun);
      call.signal.throwIfAborted();
    } catch (error) {
      await this.undo(call, begun);
      throw error;
    }
  }

  /** Starts what is there; whether it did not run before. */
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
        // Somebody removed it while none of its containers ran, or with the tenant's last container before this one.
        await this.networks.renew(call.instance.tenantId, containerId, call.signal);
      }
    }
  }

  private async started({ instance, signal }: DriverCall, containerId: string): Promise<boolean> {
    const container = this.engine.docker.getContainer(containerId);
    try {
      const settling = settled(signal);
      if (this.networks.isMapping) await this.attach(instance, containerId, settling);
      await this.engine.ask((options) => container.start(options), settling);
      return true;
    } catch (error) {
      if (isUnchanged(error)) return false;
      if (!isPaused(error)) throw error;
      // Somebody has paused it at the engine.
      await this.engine.ask((options) => container.unpause(options), signal);
      return true;
    }
  }

  /** Stops at once what an aborted call has started, unless another worker goes on with it. */
  async halt({ instance, signal: aborted }: DriverCall): Promise<void> {
    if (isHandedOver(aborted)) return;
    const signal = AbortSignal.timeout(UNDO_MS);
    const stopping = this.containers
      .find(instance, signal)
      .then((found) => found && this.containers.kill(this.engine.docker.getContainer(found.Id), signal));
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
          // It never ran as far as the engine knows, so there is nothing in it to be kept.
          await this.containers.remove(call.instance, call.signal);
          delete begun.containerId;
          continue;
        }
        if (begun.containerId !== undefined || !lacksNetwork(error)) throw error;
        // It was removed with the tenant's last container while this one was in the making.
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
      // dockerode would put the whole body into the query as well.
      const options = { _query: { name: containerName(instance.id) }, _body: body };
      const { id } = await this.engine.ask(
        ({ abortSignal }) => this.engine.docker.createContainer({ ...options, abortSignal }),
        settled(signal),
      );
      begun.containerId = id;
    };
    const isMade = await this.ordered(order, call, image);
    const found = isMade ? undefined : await this.leftBefore(call, order);
    if (found?.State.Running) return;
    signal.throwIfAborted();
    const containerId = found?.Id ?? begun.containerId;
    if (containerId === undefined) throw new Error('a container was neither made nor found');
    await this.startContainer(call, containerId);
  }

  /** Whether it was made; else its name is taken. */
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

  /** What an earlier attempt left; undefined if it was beyond use, and another one was made. */
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

  /** A name is taken a moment before its container is seen. */
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
    if (isHandedOver(aborted)) return;
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

  /** A failed undo must not hide the error that it follows; what is left behind is found by the next comparison. */
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
