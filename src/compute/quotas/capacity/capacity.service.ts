import { Injectable } from '@nestjs/common';
import { INSTANCE_TYPES, type InstanceType } from '../../../drivers/port/instance-type';
import type { Amounts } from '../../../drivers/port/resources';
import { FlavorsService } from '../../flavors';
import { HostsService } from '../../hosts';
import { CapacityRefresher, type EngineState } from './capacity-refresher';
import { CapacityRepository } from './capacity.repository';
import { roomOfEngine, roomOfTenant, smaller, type Engine, type Size } from '../quota';
import { QuotasRepository, type FlavorCount } from '../quotas.repository';
import { QuotasService } from '../quotas.service';

/** How many more instances of a flavor fit, by type; null means unlimited. */
export type Fits = Readonly<Record<InstanceType, number | null>>;

export interface FlavorShare {
  readonly name: string;
  /** Instances that use it. */
  readonly instances: number;
  readonly fits: Fits;
}

export interface Allocation {
  /** Null for all tenants together. */
  readonly tenantId: string | null;
  readonly allocated: Amounts;
  readonly flavors: readonly FlavorShare[];
}

export interface TotalAllocation extends Allocation {
  readonly tenantId: null;
  /** Engines with a known capacity. */
  readonly engines: readonly (Engine & EngineState)[];
}

/** Allocated resources, and how many more instances fit. */
@Injectable()
export class CapacityService {
  constructor(
    private readonly quotas: QuotasService,
    private readonly counts: QuotasRepository,
    private readonly capacities: CapacityRepository,
    private readonly keeper: CapacityRefresher,
    private readonly flavors: FlavorsService,
    private readonly hosts: HostsService,
  ) {}

  async ofTenant(tenantId: string): Promise<Allocation> {
    const account = await this.quotas.account(tenantId);
    const counts = await this.counts.countByFlavor(tenantId);
    const flavors = await this.shares(counts, (size, type) =>
      smaller(roomOfTenant(account, size), this.roomOf(account.engines, size, type)),
    );
    const { instances, vcpus, ramGB, diskGB, gpus } = account.usage;
    return { tenantId, allocated: { instances, vcpus, ramGB, diskGB, gpus }, flavors };
  }

  /** For operators. */
  async ofAll(): Promise<TotalAllocation> {
    const { allocated, engines } = await this.capacities.totals();
    const counts = await this.capacities.countByFlavor();
    const flavors = await this.shares(counts, (size, type) => this.roomOf(engines, size, type));
    const states = engines.map((engine) => ({ ...engine, ...this.keeper.stateOf(engine.hostId) }));
    return { tenantId: null, allocated, flavors, engines: states };
  }

  /** How many instances of a size fit on the engine that creates this type; null if that is unlimited or unknown. */
  private roomOf(engines: readonly Engine[], size: Size, type: InstanceType): number | null {
    return roomOfEngine(engines, this.hosts.expected(type).id, size);
  }

  /** Available flavors in list order, then retired ones that instances still use. */
  private async shares(
    counts: readonly FlavorCount[],
    roomOf: (size: Size, type: InstanceType) => number | null,
  ): Promise<readonly FlavorShare[]> {
    const flavors = await this.flavors.list();
    const countOf = new Map(counts.map(({ name, instances }) => [name, instances]));
    const names = new Set(flavors.map(({ name }) => name));
    const retired = counts.filter(({ name, instances }) => instances > 0 && !names.has(name));
    return [
      ...flavors.map((flavor) => ({
        name: flavor.name,
        instances: countOf.get(flavor.name) ?? 0,
        fits: fitsByType((type) => roomOf(flavor, type)),
      })),
      ...retired.map(({ name, instances }) => ({ name, instances, fits: fitsByType(() => 0) })),
    ];
  }
}

function fitsByType(roomOf: (type: InstanceType) => number | null): Fits {
  const [vm, container] = INSTANCE_TYPES;
  return { [vm]: roomOf(vm), [container]: roomOf(container) };
}
