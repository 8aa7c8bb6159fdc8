import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SingleFlight } from '../../platform/async/single-flight';
import { messageOf } from '../../platform/errors/app.error';
import { DriverError, DriverRegistry, type ComputeDriver, type LocalHost } from '../../drivers';
import type { InstanceType } from '../../drivers/port/instance-type';
import type { Host } from './host';
import { HostsConfig } from './hosts.config';
import { HostsRepository } from './hosts.repository';

/** A host that this replica reaches, with the driver that does it. */
export interface ReachedHost extends Host {
  readonly driver: ComputeDriver;
}

type HostOfDriver = Pick<ReachedHost, 'id' | 'driver'>;

/** The replica on a host that this one does not reach. */
export interface OtherReplica {
  /** Without a path. */
  readonly url: string;
  /** The driver of the same kind in this replica, if there is one. */
  readonly driver: ComputeDriver | undefined;
}

/**
 * The hosts that this replica reaches. A driver that runs instances on its own machine has a host for each machine, which
 * only the replica on that machine reaches; other drivers have one host, which every replica reaches.
 *
 * A machine is identified by an id in its directory. It is created for the first machine only: for a later one, an empty
 * directory may as well mean that its disk is not mounted, so its operator creates it.
 */
@Injectable()
export class HostsService implements OnModuleInit {
  private readonly logger = new Logger('Hosts');
  private readonly byDriver = new Map<ComputeDriver, ReachedHost>();
  /** Those that a warning was logged for. */
  private readonly unknown = new Set<ComputeDriver>();
  private readonly additions = new SingleFlight<ReachedHost>();
  private readonly listeners: ((host: ReachedHost) => Promise<void>)[] = [];

  constructor(
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsRepository,
    private readonly config: HostsConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Those found so far. */
  reached(): readonly ReachedHost[] {
    return [...this.byDriver.values()];
  }

  reaches(hostId: string): boolean {
    return this.reached().some(({ id }) => id === hostId);
  }

  /** The replica that reaches another host; undefined if it has no `REPLICA_URL`. */
  async replicaOf(hostId: string): Promise<OtherReplica | undefined> {
    const replica = await this.hosts.replicaOf(hostId);
    if (!replica || replica.replicaUrl === null) return undefined;
    return { url: replica.replicaUrl, driver: this.drivers.find(replica.backendId) };
  }

  /** @throws {DriverError} if this replica does not reach the host. */
  driverOf(hostId: string): ComputeDriver {
    const host = this.reached().find(({ id }) => id === hostId);
    if (host) return host.driver;
    // Tenants see the message; the log also has the cause.
    throw new DriverError("This replica does not reach the instance's machine", {
      retryable: true,
      cause: new Error(`its host is ${hostId}`),
    });
  }

  /** The driver's host, if it is known. */
  of(driver: ComputeDriver): ReachedHost | undefined {
    return this.byDriver.get(driver);
  }

  /** The host that new instances of a type would get. While that is unknown, it is the first one of the backend. */
  expected(type: InstanceType): Host {
    const driver = this.drivers.forType(type);
    return this.of(driver) ?? { id: driver.kind, backendId: driver.kind };
  }

  /** The host for a new instance. The first instance makes a machine the first host of its backend. */
  async forType(type: InstanceType): Promise<Host> {
    const driver = this.drivers.forType(type);
    if (!this.of(driver)) await this.discover(driver, { isCreating: true });
    return this.expected(type);
  }

  /** Whether the driver's backend has a host, or an instance that a machine has started. */
  isUsed({ kind }: ComputeDriver): Promise<boolean> {
    return this.hosts.isUsed(kind);
  }

  /** Stores that this replica lost the contact with the host some time ago, unless an earlier loss is stored. */
  contactLost(hostId: string, agoMs: number): Promise<void> {
    return this.hosts.contactLost(hostId, agoMs);
  }

  /**
   * How long ago a replica lost the contact with the host, in milliseconds. If the host has booted since the last contact
   * that is stored, it was lost then.
   * @returns undefined if none did before that moment, or one regained it since
   */
  async contactLostFor({ id, driver }: HostOfDriver, beforeMsAgo: number): Promise<number | undefined> {
    return this.hosts.contactLostFor(id, { beforeMsAgo, bootId: await driver.bootId?.() });
  }

  /** Stores that this replica is in contact with the host, unless that was stored within this time. */
  async recordContact({ id, driver }: HostOfDriver, atMostMsAgo: number): Promise<void> {
    await this.hosts.recordContact(id, await driver.bootId?.(), atMostMsAgo);
  }

  /** Stores that this replica was in contact with the host at that moment. */
  contactRegained(hostId: string, msAgo: number): Promise<void> {
    return this.hosts.contactRegained(hostId, msAgo);
  }

  /** Calls the listener before a new host gets its first instance. */
  onAdded(listener: (host: ReachedHost) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /**
   * Looks again for hosts that are unknown, because their directory was not mounted or had no id, and advertises this
   * replica for those of its machine: another one on the same machine may have done so and be gone.
   */
  async refresh(): Promise<void> {
    for (const driver of this.drivers.all()) {
      if (!this.of(driver)) await this.discover(driver, { isCreating: false });
    }
    for (const { id, driver } of this.reached()) if (driver.localHost) await this.advertise(id);
  }

  /** The database may be read-only at the moment. */
  private async advertise(hostId: string): Promise<void> {
    try {
      await this.hosts.advertise(hostId, this.config.replicaUrl);
    } catch (error) {
      this.logger.warn({ err: error, host: hostId }, 'failed to store the URL of this replica');
    }
  }

  private async discover(
    driver: ComputeDriver,
    { isCreating }: { readonly isCreating: boolean },
  ): Promise<void> {
    const { kind, localHost } = driver;
    try {
      const machineId = localHost && (await this.machineIdOf(driver, localHost, isCreating));
      if (localHost && machineId === undefined) return;
      await this.additions.run(kind, undefined, () => this.add(driver, machineId));
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (!this.unknown.has(driver))
        this.logger.warn({ err: error, driver: kind }, `the host is unknown: ${messageOf(error)}`);
      this.unknown.add(driver);
    }
  }

  /** Undefined if the machine has no id because it can become the first of its backend. */
  private async machineIdOf(
    driver: ComputeDriver,
    localHost: LocalHost,
    isCreating: boolean,
  ): Promise<string | undefined> {
    const id = await localHost.id();
    if (id !== undefined) return id;
    if (await this.hosts.isUsed(driver.kind)) {
      // An unused driver needs no host.
      if (!this.drivers.active().includes(driver)) return undefined;
      localHost.expectId();
      return localHost.id();
    }
    return isCreating ? localHost.ensureId() : undefined;
  }

  private async add(driver: ComputeDriver, machineId: string | undefined): Promise<ReachedHost> {
    const host =
      machineId === undefined
        ? await this.hosts.addShared(driver.kind)
        : await this.hosts.addMachine(driver.kind, machineId);
    const reached = { ...host, driver };
    for (const listener of this.listeners) await listener(reached);
    this.byDriver.set(driver, reached);
    if (this.unknown.delete(driver))
      this.logger.log({ driver: driver.kind, host: host.id }, 'the host is known now');
    return reached;
  }
}
