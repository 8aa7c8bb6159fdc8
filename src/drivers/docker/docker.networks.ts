import { createHash } from 'node:crypto';
import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode';
import type { DockerConfig } from './docker.config';
import type { Clock } from '../../platform/async/clock';
import type { InstanceSpec } from '../port/driver-call';
import { LABEL } from './docker.labels';
import type { DockerEngine } from './engine/docker.engine';
import { WARM_POOLS } from '../../platform/values/tenant';
import { faultOf, isAbsent, isNameTaken, lacksNetwork, refused, toDriverError } from './engine/docker.errors';
import { settled } from './engine/settled';

const LOOK_EVERY_MS = 50;
const MOST_LOOKS = 100;
/** Cache size for networks known to exist; the oldest are evicted and checked again. */
const KNOWN_AT_MOST = 1000;
/** The network of containers that reach nothing. */
const NONE = 'none';

/**
 * Manages the networks of containers. By default each tenant has its own bridge, which the engine isolates from
 * all others; it is created for the tenant's first container and removed after the last.
 */
export class DockerNetworks {
  private readonly known = new Set<string>();
  private readonly creating = new Map<string, Promise<void>>();

  constructor(
    private readonly engine: DockerEngine,
    private readonly config: DockerConfig,
    private readonly deployment: string,
    private readonly clock: Clock,
  ) {}

  get isPerTenant(): boolean {
    return this.config.network === 'tenant';
  }

  /** The name of the network that a container of this tenant starts in. */
  nameFor(tenantId: string): string {
    if (!this.isPerTenant) return this.config.network;
    if (tenantId === WARM_POOLS) return NONE;
    const hash = createHash('sha256').update(`${this.deployment}\0${tenantId}`).digest('hex');
    return `uim-${this.deployment}-${hash.slice(0, 16)}`;
  }

  /** Ensures that the network exists. If a cached network has been removed since, starting a container in it fails. */
  async ensureFor(tenantId: string, signal: AbortSignal): Promise<string> {
    const name = this.nameFor(tenantId);
    if (this.isPerTenant && name !== NONE && !this.known.has(name)) {
      try {
        await this.made(name, tenantId, signal);
      } catch (error) {
        throw toDriverError("create the tenant's network", error);
      }
      this.remember(name);
    }
    return name;
  }

  /** Concurrent callers wait for the first one to create the network; if that fails, each tries to create it. */
  private async made(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const begun = this.creating.get(name);
    if (begun) {
      const isMade = await begun.then(
        () => true,
        () => false,
      );
      if (isMade) return;
    }
    const creating = this.make(name, tenantId, signal);
    this.creating.set(name, creating);
    try {
      await creating;
    } finally {
      if (this.creating.get(name) === creating) this.creating.delete(name);
    }
  }

  /** Call this if another replica has removed the network or the engine has lost it. */
  forget(tenantId: string): void {
    this.known.delete(this.nameFor(tenantId));
  }

  /** Moves a container that was prepared for any tenant into the network of its tenant. */
  async adopt(
    { tenantId }: Pick<InstanceSpec, 'tenantId'>,
    { Id, Config, NetworkSettings }: ContainerInspectInfo,
    signal: AbortSignal,
  ): Promise<void> {
    if (Config.Labels[LABEL.tenantId] !== WARM_POOLS || tenantId === WARM_POOLS || !this.isPerTenant) return;
    const own = this.nameFor(tenantId);
    const present = Object.keys(NetworkSettings.Networks);
    if (present.includes(own)) return;
    for (const name of present) {
      const order = { Container: Id, Force: true };
      await this.engine.ask(
        (options, docker) => docker.getNetwork(name).disconnect({ ...options, ...order }),
        signal,
      );
    }
    await this.renew(tenantId, Id, signal);
  }

  /** Recreates the tenant's network, and moves the container from the removed network into it. */
  async renew(tenantId: string, containerId: string, signal: AbortSignal): Promise<void> {
    this.forget(tenantId);
    const network = await this.engine.network(await this.ensureFor(tenantId, signal));
    const Container = containerId;
    await this.engine
      .ask((options) => {
        const order = { ...options, Container, Force: true };
        return network.disconnect(order);
      }, signal)
      // The container may no longer be in the old network.
      .catch((error: unknown) => {
        if (faultOf(error).status === undefined) throw error;
      });
    await this.engine.ask((options) => {
      const order = { ...options, Container };
      return network.connect(order);
    }, signal);
  }

  /**
   * Removes the tenant's network if the tenant has no containers left. Stopped ones count too: they stay bound to
   * the exact network they were started in. A container that is being created meanwhile recreates the network.
   */
  async removeUnused(tenantId: string, signal: AbortSignal): Promise<void> {
    const name = this.nameFor(tenantId);
    if (!this.isPerTenant || name === NONE) return;
    const left = await this.engine.ask(
      (options, docker) =>
        docker.listContainers({
          ...options,
          all: true,
          limit: 1,
          filters: { label: [`${LABEL.deployment}=${this.deployment}`, `${LABEL.tenantId}=${tenantId}`] },
        }),
      signal,
    );
    if (left.length > 0) return;
    this.known.delete(name);
    try {
      await this.engine.ask((options, docker) => docker.getNetwork(name).remove(options), signal);
    } catch (error) {
      if (!isAbsent(error) && !lacksNetwork(error) && !isInUse(error)) throw error;
    }
  }

  /** Connects the container to its instance's networks, and disconnects it from those the instance no longer has. */
  async attach(instance: InstanceSpec, container: ContainerInspectInfo, signal: AbortSignal): Promise<void> {
    const wanted = await this.mappedFor(instance, signal);
    const present = Object.keys(container.NetworkSettings.Networks);
    const own = this.nameFor(instance.tenantId);
    const Container = container.Id;
    for (const name of wanted.filter((each) => !present.includes(each))) {
      await this.engine.ask((options, docker) => {
        const order = { ...options, Container };
        return docker.getNetwork(name).connect(order);
      }, signal);
    }
    for (const name of present.filter((each) => each !== own && !wanted.includes(each))) {
      await this.engine.ask((options, docker) => {
        const order = { ...options, Container };
        return docker.getNetwork(name).disconnect(order);
      }, signal);
    }
  }

  /** Whether the instances' networks are mapped to networks of the engine. */
  get isMapping(): boolean {
    return this.config.networkName !== '';
  }

  /** @throws {DriverError} if a network does not exist or does not belong to the tenant. */
  private async mappedFor({ networkIds, tenantId }: InstanceSpec, signal: AbortSignal): Promise<string[]> {
    const names = networkIds.map((id) => mappedName(this.config.networkName, id, 'network'));
    for (const name of names) {
      await this.check(name, tenantId, signal);
    }
    return names;
  }

  private async check(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const found = await this.look(name, signal).catch((error: unknown) => {
      throw toDriverError('look up a network', error);
    });
    // The error is the same for missing networks, so that it discloses nothing about other tenants.
    if (found?.Labels?.[LABEL.tenantId] !== tenantId) {
      throw refused(`Network ${name} of the tenant does not exist at the engine`);
    }
  }

  /** Creates the network, or waits until another replica has created it. */
  private async make(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const settling = settled(signal);
    for (let looks = 1; ; looks++) {
      try {
        await this.order(name, tenantId, settling);
        return;
      } catch (error) {
        if (!isNameTaken(error) && !isBridgeTaken(error)) throw error;
        if (await this.look(name, signal)) return;
        if (looks === MOST_LOOKS) throw error;
      }
      await this.clock.wait(LOOK_EVERY_MS, signal);
    }
  }

  private async order(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const { product, id } = await this.engine.facts(signal);
    const labels = { [LABEL.deployment]: this.deployment, [LABEL.tenantId]: tenantId };
    if (product === 'podman') return this.makeIsolated(name, labels, signal);
    const bridge = `uim${createHash('sha256').update(`${id}\0${name}`).digest('hex').slice(0, 12)}`;
    await this.engine.ask(
      (options, docker) =>
        docker.createNetwork({
          ...options,
          Name: name,
          CheckDuplicate: true,
          Driver: 'bridge',
          Labels: labels,
          // Concurrent requests can create several networks with the same name, but only one per bridge name.
          Options: { 'com.docker.network.bridge.name': bridge },
        }),
      signal,
    );
  }

  private look(name: string, signal: AbortSignal): Promise<Partial<NetworkInspectInfo> | undefined> {
    const path = `/networks/${name}`;
    return this.engine.find(
      ({ abortSignal }) => this.engine.json<NetworkInspectInfo>(path, abortSignal),
      signal,
    );
  }

  /** Podman isolates bridges only on request, and its Docker-compatible API has no option for it. */
  private async makeIsolated(name: string, labels: object, signal: AbortSignal): Promise<void> {
    const answer = await this.engine.stream(
      {
        method: 'POST',
        path: '/v4.0.0/libpod/networks/create',
        query: {},
        body: { name, driver: 'bridge', dns_enabled: true, labels, options: { isolate: 'true' } },
      },
      signal,
    );
    answer.destroy();
  }

  private remember(name: string): void {
    this.known.add(name);
    const [oldest] = this.known;
    if (this.known.size > KNOWN_AT_MOST && oldest !== undefined) this.known.delete(oldest);
  }
}

/** Another replica is creating the network right now. */
function isBridgeTaken(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return (
    status !== undefined && /same bridge name|conflicts with network|bridge .*(already|in use)/i.test(text)
  );
}

/** Another replica has just created a container in the network. */
function isInUse(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return status !== undefined && /active endpoints|being used|in use/i.test(text);
}

/** Ids that are safe as a path segment in the engine's API. */
const MAPPABLE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** @throws {DriverError} if the id is not safe as part of a name. */
export function mappedName(template: string, id: string, what: string): string {
  if (!MAPPABLE.test(id)) throw refused(`The id of a ${what} is not a valid name at the engine`);
  return template.replace('{id}', () => id);
}
