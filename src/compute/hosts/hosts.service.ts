import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '../../platform/errors/app.error';
import { DriverError, DriverRegistry, type ComputeDriver } from '../../drivers';
import type { InstanceType } from '../../drivers/port/instance-type';
import type { Host } from './host';
import { HostsRepository } from './hosts.repository';

/** A host that this replica reaches, with the driver that does it. */
export interface ReachedHost extends Host {
  readonly driver: ComputeDriver;
}

/**
 * The hosts that this replica reaches. A driver that runs instances on its own machine has a host for each machine, which
 * only the replica on that machine reaches; other drivers have one host, which every replica reaches.
 */
@Injectable()
export class HostsService implements OnModuleInit {
  private readonly logger = new Logger('Hosts');
  private readonly byId = new Map<string, ReachedHost>();
  /** Ids by driver. */
  private readonly ids = new Map<ComputeDriver, string>();

  private readonly listeners: ((driver: ComputeDriver) => Promise<void>)[] = [];

  constructor(
    private readonly drivers: DriverRegistry,
    private readonly hosts: HostsRepository,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Those found so far, in the order of the drivers. */
  reached(): readonly ReachedHost[] {
    return [...this.byId.values()];
  }

  /** @throws {DriverError} if this replica does not reach the host. */
  driverOf(hostId: string): ComputeDriver {
    const host = this.byId.get(hostId);
    if (host) return host.driver;
    throw new DriverError(`The instance is on the host "${hostId}", which this replica does not reach`, {
      retryable: true,
    });
  }

  /** The host for a new instance. While this machine cannot be identified, that is the first one of its backend. */
  async forType(type: InstanceType): Promise<Host> {
    const driver = this.drivers.forType(type);
    const known = this.of(driver);
    if (known || !driver.localHost) return known ?? this.add(driver, undefined);
    try {
      const machineId = await driver.localHost.id();
      return await this.add(
        driver,
        machineId ?? (await driver.localHost.ensureId()),
        machineId === undefined,
      );
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      return { id: driver.kind, backendId: driver.kind };
    }
  }

  /** The driver's host, if it is known. */
  of(driver: ComputeDriver): ReachedHost | undefined {
    const id = this.ids.get(driver);
    return id === undefined ? undefined : this.byId.get(id);
  }

  /**
   * Id of the driver's host, known or not: a machine without instances will be the first host of its backend, if there is
   * none.
   */
  async expectedId(driver: ComputeDriver): Promise<string | undefined> {
    const known = this.of(driver)?.id;
    if (known !== undefined) return known;
    return (await this.hosts.exists(driver.kind)) ? undefined : driver.kind;
  }

  /** Calls the listener before the first instance of a new host is accepted. */
  onAdded(listener: (driver: ComputeDriver) => Promise<void>): void {
    this.listeners.push(listener);
  }

  /** Looks again for the hosts that were unknown. */
  async refresh(): Promise<void> {
    for (const driver of this.drivers.all()) if (!this.ids.has(driver)) await this.discover(driver);
  }

  /** A machine has no host until its first instance, and none while its directory cannot be read. */
  private async discover(driver: ComputeDriver): Promise<void> {
    try {
      const machineId = await driver.localHost?.id();
      if (!driver.localHost || machineId !== undefined) await this.add(driver, machineId);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      this.logger.warn({ err: error, driver: driver.kind }, `the host is unknown: ${messageOf(error)}`);
    }
  }

  private async add(
    driver: ComputeDriver,
    machineId: string | undefined,
    isNew = false,
  ): Promise<ReachedHost> {
    const { kind: backendId } = driver;
    const host =
      machineId === undefined
        ? await this.hosts.addShared(backendId)
        : ((await this.hosts.find(backendId, machineId)) ??
          (await this.hosts.addMachine(backendId, machineId, isNew)));
    const reached = { ...host, driver };
    this.byId.set(host.id, reached);
    this.ids.set(driver, host.id);
    for (const listener of this.listeners) await listener(driver);
    return reached;
  }
}
