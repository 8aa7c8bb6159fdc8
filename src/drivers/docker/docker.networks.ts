import { createHash } from 'node:crypto';
import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode';
import type { DockerConfig } from '../../config';
import type { Clock } from '../clock';
import type { InstanceSpec } from '../compute-driver.port';
import { LABEL } from './docker.container';
import type { DockerEngine } from './docker.engine';
import { faultOf, isAbsent, isNameTaken, lacksNetwork, refused, toDriverError } from './docker.errors';
import { settled } from './settled';

const LOOK_EVERY_MS = 50;
const MOST_LOOKS = 100;
/** Networks that are known to be there; beyond it the oldest are asked for again. */
const KNOWN_AT_MOST = 1000;

/**
 * Which network a container is in. By default each tenant has a bridge of its own, which the engine keeps apart
 * from all others: made for the first container of the tenant, removed after the last.
 */
export class DockerNetworks {
  private readonly known = new Set<string>();
  private readonly making = new Map<string, Promise<void>>();

  constructor(
    private readonly engine: DockerEngine,
    private readonly config: DockerConfig,
    private readonly deployment: string,
    private readonly clock: Clock,
  ) {}

  private get isPerTenant(): boolean {
    return this.config.network === 'tenant';
  }

  /** The name of the network that a container of this tenant starts in. */
  nameFor(tenantId: string): string {
    if (!this.isPerTenant) return this.config.network;
    const hash = createHash('sha256').update(`${this.deployment}\0${tenantId}`).digest('hex');
    return `uim-${this.deployment}-${hash.slice(0, 16)}`;
  }

  /** Sees to it that the network is there; whether it still is shows when a container is started in it. */
  async ensureFor(tenantId: string, signal: AbortSignal): Promise<string> {
    const name = this.nameFor(tenantId);
    if (this.isPerTenant && !this.known.has(name)) {
      try {
        await this.made(name, tenantId, signal);
      } catch (error) {
        throw toDriverError('make the network of the tenant', error);
      }
      this.remember(name);
    }
    return name;
  }

  /** Many that want it at once wait for one that makes it; where that one is aborted, each makes it by itself. */
  private async made(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const begun = this.making.get(name);
    if (begun) {
      const isMade = await begun.then(
        () => true,
        () => false,
      );
      if (isMade) return;
    }
    const making = this.make(name, tenantId, signal);
    this.making.set(name, making);
    try {
      await making;
    } finally {
      if (this.making.get(name) === making) this.making.delete(name);
    }
  }

  /** Another replica has removed it, or the engine has lost it. */
  forget(tenantId: string): void {
    this.known.delete(this.nameFor(tenantId));
  }

  /** Makes the network of the tenant anew, and puts the container into it that was in the one that is gone. */
  async renew(tenantId: string, containerId: string, signal: AbortSignal): Promise<void> {
    this.forget(tenantId);
    const network = this.engine.docker.getNetwork(await this.ensureFor(tenantId, signal));
    const Container = containerId;
    await this.engine
      .ask((options) => {
        const order = { ...options, Container, Force: true };
        return network.disconnect(order);
      }, signal)
      // It need not be in it any more.
      .catch((error: unknown) => {
        if (faultOf(error).status === undefined) throw error;
      });
    await this.engine.ask((options) => {
      const order = { ...options, Container };
      return network.connect(order);
    }, signal);
  }

  /**
   * Removes the network of the tenant where no container is left that needs it, stopped ones included: those hold
   * on to the very network that they were started in. One that is being made at this moment makes it again.
   */
  async removeUnused(tenantId: string, signal: AbortSignal): Promise<void> {
    if (!this.isPerTenant) return;
    const name = this.nameFor(tenantId);
    const left = await this.engine.ask(
      (options) =>
        this.engine.docker.listContainers({
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
      await this.engine.ask((options) => this.engine.docker.getNetwork(name).remove(options), signal);
    } catch (error) {
      if (!isAbsent(error) && !lacksNetwork(error) && !isInUse(error)) throw error;
    }
  }

  /** Puts the container into the networks that its instance has, and takes it out of those that it has no more. */
  async attach(instance: InstanceSpec, container: ContainerInspectInfo, signal: AbortSignal): Promise<void> {
    const wanted = await this.mappedFor(instance, signal);
    const present = Object.keys(container.NetworkSettings.Networks);
    const own = this.nameFor(instance.tenantId);
    const Container = container.Id;
    const { docker } = this.engine;
    for (const name of wanted.filter((each) => !present.includes(each))) {
      await this.engine.ask((options) => {
        const order = { ...options, Container };
        return docker.getNetwork(name).connect(order);
      }, signal);
    }
    for (const name of present.filter((each) => each !== own && !wanted.includes(each))) {
      await this.engine.ask((options) => {
        const order = { ...options, Container };
        return docker.getNetwork(name).disconnect(order);
      }, signal);
    }
  }

  /** Whether networks of instances are networks of the engine at all. */
  get isMapping(): boolean {
    return this.config.networkName !== '';
  }

  /** @throws {DriverError} where one is not there, or is not the tenant's. */
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
    // Whose it is stays unsaid: that would tell of other tenants.
    if (found?.Labels?.[LABEL.tenantId] !== tenantId) {
      throw refused(`The engine has no network ${name} that belongs to the tenant`);
    }
  }

  /** Makes it, or waits until whoever else is making it is done. */
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
      (options) =>
        this.engine.docker.createNetwork({
          ...options,
          Name: name,
          CheckDuplicate: true,
          Driver: 'bridge',
          Labels: labels,
          // The engine makes several networks of one name when asked at once; of one bridge, it makes one.
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

  /** Podman keeps bridges apart only when told to, and its Docker API has no word for it. */
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

/** Another replica is making the network at this moment. */
function isBridgeTaken(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return (
    status !== undefined && /same bridge name|conflicts with network|bridge .*(already|in use)/i.test(text)
  );
}

/** A container that another replica has just made is in it. */
function isInUse(error: unknown): boolean {
  const { status, text } = faultOf(error);
  return status !== undefined && /active endpoints|being used|in use/i.test(text);
}

/** What may stand in a path of the engine's API and be nothing but a name. */
const MAPPABLE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** @throws {DriverError} where the id could be more than a part of a name. */
export function mappedName(template: string, id: string, what: string): string {
  if (!MAPPABLE.test(id)) throw refused(`The id of a ${what} can be no name at the engine`);
  return template.replace('{id}', () => id);
}
