import type Docker from 'dockerode';
import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type { Clock } from '../../../platform/async/clock';
import { DriverError, type InstanceSpec } from '../../port/driver-call';
import { LABEL } from '../docker.labels';
import { containerName } from './docker.container';
import type { DockerEngine } from '../engine/docker.engine';
import { faultOf, isAbsent, refused, toDriverError } from '../engine/docker.errors';
import type { DockerSnapshotImages } from '../snapshots/docker.snapshot-images';

const LOOK_EVERY_MS = 100;

/** The containers of this deployment at an engine, found by label and addressed by the engine's ids. */
export class DockerContainers {
  constructor(
    private readonly engine: DockerEngine,
    private readonly around: {
      readonly deployment: string;
      readonly clock: Clock;
      readonly timeoutMs: number;
      readonly snapshotImages: DockerSnapshotImages;
    },
  ) {}

  /**
   * The container with the labels of the instance. Looks it up by its original name first, which takes one request;
   * it may have been renamed at the engine since.
   */
  async find(
    { id }: Pick<InstanceSpec, 'id'>,
    signal: AbortSignal,
  ): Promise<ContainerInspectInfo | undefined> {
    const named = await this.look(containerName(id), signal);
    if (named && this.isOurs(named.Config.Labels, id)) return named;
    const [labeled] = await this.labeled(id, signal);
    return labeled && this.look(labeled.Id, signal);
  }

  /** @throws {DriverError} if the instance has no container at the engine */
  async containerOf(instance: Pick<InstanceSpec, 'id'>, signal: AbortSignal): Promise<Docker.Container> {
    return this.engine.container((await this.detailsOf(instance, signal)).Id);
  }

  /** @throws {DriverError} likewise */
  async detailsOf(instance: Pick<InstanceSpec, 'id'>, signal: AbortSignal): Promise<ContainerInspectInfo> {
    const found = await this.find(instance, signal);
    if (!found) throw refused('The container of this instance does not exist');
    return found;
  }

  /** All containers with the labels of the instance, regardless of their names. */
  private labeled(instanceId: string, signal: AbortSignal): Promise<readonly ContainerInfo[]> {
    const { deployment } = this.around;
    const filters = { label: [`${LABEL.deployment}=${deployment}`, `${LABEL.instanceId}=${instanceId}`] };
    return this.engine.ask(
      (options, docker) => docker.listContainers({ ...options, all: true, filters }),
      signal,
    );
  }

  look(nameOrId: string, signal: AbortSignal): Promise<ContainerInspectInfo | undefined> {
    return this.engine.find((options, docker) => docker.getContainer(nameOrId).inspect(options), signal);
  }

  /**
   * Removes the instance's containers, running or not, their anonymous volumes, and the images of removed snapshots that
   * only they needed.
   * @returns the removed containers, normally one; empty if there was none
   */
  async remove({ id }: Pick<InstanceSpec, 'id'>, signal: AbortSignal): Promise<readonly ContainerInfo[]> {
    const removed: ContainerInfo[] = [];
    for (const found of await this.labeled(id, signal)) {
      if (await this.removeById(found.Id, signal)) removed.push(found);
      const snapshotId = found.Labels[LABEL.snapshotId];
      if (snapshotId !== undefined) await this.around.snapshotImages.removeUnneeded(snapshotId, signal);
    }
    return removed;
  }

  /** @returns false if the container was already gone */
  async removeById(containerId: string, signal: AbortSignal): Promise<boolean> {
    const container = await this.engine.container(containerId);
    const { product } = await this.engine.facts(signal);
    if (product === 'podman') await this.kill(container, signal);
    try {
      await this.engine.ask((options) => container.remove({ ...options, force: true, v: true }), signal);
    } catch (error) {
      if (isAbsent(error)) return false;
      if (!/in progress|being removed/i.test(faultOf(error).text)) throw error;
      await this.gone(containerId, signal);
    }
    return true;
  }

  /** Also called before a forced removal on Podman, which otherwise waits for the container to exit on its own. */
  async kill(container: Docker.Container, signal: AbortSignal): Promise<void> {
    try {
      await this.engine.ask((options) => container.kill({ ...options, signal: 'KILL' }), signal);
    } catch (error) {
      const { status } = faultOf(error);
      // Other errors mean that the container is gone or not running.
      if (status === undefined || error instanceof DriverError) throw error;
    }
  }

  isOurs(labels: Readonly<Record<string, string>> | undefined, instanceId: string): boolean {
    return labels?.[LABEL.deployment] === this.around.deployment && labels[LABEL.instanceId] === instanceId;
  }

  private async gone(containerId: string, signal: AbortSignal): Promise<void> {
    const end = performance.now() + this.around.timeoutMs;
    while (await this.look(containerId, signal)) {
      if (performance.now() > end) {
        throw toDriverError(
          'remove the container',
          new DriverError('The engine is still removing the container', { retryable: true }),
        );
      }
      await this.around.clock.wait(LOOK_EVERY_MS, signal);
    }
  }
}
