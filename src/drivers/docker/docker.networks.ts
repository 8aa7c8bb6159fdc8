import { createHash } from 'node:crypto';
import type { ContainerInspectInfo, NetworkInspectInfo } from 'dockerode';
import type { DockerConfig } from '../../config';
import type { InstanceSpec } from '../compute-driver.port';
import { containerName, LABEL } from './docker.container';
import type { DockerEngine } from './docker.engine';
import { faultOf, isAbsent, isNameTaken, lacksNetwork, refused, toDriverError } from './docker.errors';

/** Networks that are known to be there; beyond it the oldest are asked for again. */
const KNOWN_AT_MOST = 1000;

/**
 * Which network a container is in. By default each tenant has a bridge of its own, which the engine keeps apart
 * from all others: made for the first container of the tenant, removed after the last.
 */
export class DockerNetworks {
  private readonly known = new Set<string>();

  constructor(
    private readonly engine: DockerEngine,
    private readonly config: DockerConfig,
    private readonly deployment: string,
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
      await this.make(name, tenantId, signal);
      this.remember(name);
    }
    return name;
  }

  /** Another replica has removed it, or the engine has lost it. */
  forget(tenantId: string): void {
    this.known.delete(this.nameFor(tenantId));
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
    const Container = containerName(instance.id);
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
    const found = await this.engine
      .ask(
        (options) => this.engine.json<NetworkInspectInfo>(`/networks/${name}`, options.abortSignal),
        signal,
      )
      .catch((error: unknown) => {
        if (isAbsent(error)) return undefined;
        throw toDriverError('look up a network', error);
      });
    // Whose it is stays unsaid: that would tell of other tenants.
    if (found?.Labels?.[LABEL.tenantId] !== tenantId) {
      throw refused(`The engine has no network ${name} that belongs to the tenant`);
    }
  }

  private async make(name: string, tenantId: string, signal: AbortSignal): Promise<void> {
    const { product } = await this.engine.facts(signal);
    const labels = { [LABEL.deployment]: this.deployment, [LABEL.tenantId]: tenantId };
    try {
      if (product === 'docker') {
        await this.engine.ask(
          (options) =>
            this.engine.docker.createNetwork({
              ...options,
              Name: name,
              CheckDuplicate: true,
              Driver: 'bridge',
              Labels: labels,
            }),
          signal,
        );
      } else {
        await this.makeIsolated(name, labels, signal);
      }
    } catch (error) {
      // Somebody else was quicker.
      if (!isNameTaken(error)) throw toDriverError('make the network of the tenant', error);
    }
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
