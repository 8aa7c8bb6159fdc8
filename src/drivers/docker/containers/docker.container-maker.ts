import type { ContainerInspectInfo } from 'dockerode';
import type { Clock } from '../../../platform/async/clock';
import type { DriverCall, InstanceSpec } from '../../port/driver-call';
import type { DockerConfig } from '../docker.config';
import type { DockerNetworks } from '../docker.networks';
import { mountsOf } from '../docker.volumes';
import type { DockerEngine } from '../engine/docker.engine';
import { isNameTaken, lacksImage, refused, refusesDiskLimit } from '../engine/docker.errors';
import { settled } from '../engine/settled';
import { containerName, toCreateOptions, type ContainerContext } from './docker.container';
import type { DockerContainers } from './docker.containers';

/** A create request is repeated after pulling a missing image or dropping an unsupported disk limit. */
const MOST_ORDERS = 4;
const LOOK_EVERY_MS = 100;
const MOST_LOOKS = 20;

/** Created by this call, so its undo removes it. A container that was only found may belong to another worker. */
export interface Begun {
  /** The engine's own id, because a name can be reused as soon as it is free. */
  containerId?: string;
}

/** An image for new containers. */
export interface ContainerSource {
  /** Called before each attempt. @throws {DriverError} if the tenant may not use it */
  resolve(): Promise<Pick<ContainerContext, 'image' | 'copied'>>;
  /** Called if the engine turns out not to have it. */
  fetch(): Promise<void>;
}

/** Creates containers, or finds those of earlier attempts. */
export class DockerContainerMaker {
  constructor(
    private readonly engine: DockerEngine,
    private readonly containers: DockerContainers,
    private readonly networks: DockerNetworks,
    private readonly around: {
      readonly config: DockerConfig;
      readonly deployment: string;
      readonly clock: Clock;
    },
  ) {}

  /** Creates the container. Returns the one that an earlier attempt has created, if there is one. */
  async make(
    call: DriverCall,
    source: ContainerSource,
    begun: Begun,
  ): Promise<ContainerInspectInfo | undefined> {
    const { instance, signal } = call;
    const network = await this.networks.ensureFor(instance.tenantId, signal);
    const mounts = await mountsOf(instance, this.engine, this.around.config, signal);
    const order = async (): Promise<void> => {
      const facts = await this.engine.facts(signal);
      const { config, deployment } = this.around;
      const image = await source.resolve();
      const body = toCreateOptions(instance, { config, deployment, facts, ...image, network, mounts });
      // Without this split, dockerode would also put the whole body into the query.
      const options = { _query: { name: containerName(instance.id) }, _body: body };
      const { id } = await this.engine.ask(
        ({ abortSignal }, docker) => docker.createContainer({ ...options, abortSignal }),
        settled(signal),
      );
      begun.containerId = id;
    };
    return (await this.ordered(order, source)) ? undefined : this.leftBefore(call, order);
  }

  /** Returns true if the container was created, false if its name is taken. */
  private async ordered(order: () => Promise<void>, source: ContainerSource): Promise<boolean> {
    for (let orders = 1; ; orders++) {
      try {
        await order();
        return true;
      } catch (error) {
        if (isNameTaken(error)) return false;
        if (orders === MOST_ORDERS) throw error;
        if (lacksImage(error)) await source.fetch();
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
}
