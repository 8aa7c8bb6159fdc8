import { Injectable } from '@nestjs/common';
import { DriverRegistry } from '../../../drivers';
import { failpoint } from '../../../platform/failpoints';
import { WARM_POOLS } from '../../../platform/values/tenant';
import type { CreatedRow, Creation, NewInstance } from '../create/creation.repository';
import { PoolIndex } from './pool-index';
import { HandOverRepository } from './store/hand-over.repository';

/** Serves creations with prepared instances. */
@Injectable()
export class HandOver {
  constructor(
    private readonly pools: PoolIndex,
    private readonly repository: HandOverRepository,
    private readonly drivers: DriverRegistry,
  ) {}

  /** Undefined if the instance has to be created as usual. Costs nothing unless there is a pool for it. */
  async take(creation: Creation): Promise<CreatedRow | undefined> {
    const { tenantId, instance } = creation;
    if (tenantId === WARM_POOLS || !this.pools.has(instance) || !this.isPossible(instance)) return undefined;
    const taken = await this.repository.take(creation);
    if (taken) failpoint('pool.handed_over', taken.id);
    return taken;
  }

  /** Whether the request asks for nothing that a guest has from its start. */
  private isPossible(instance: NewInstance): boolean {
    const { source, attachments, networkIds, volumeIds, metadata } = instance;
    const { metadataPrefix } = this.drivers.forType(instance.type).capabilities;
    return (
      source === undefined &&
      attachments.length + networkIds.length + volumeIds.length === 0 &&
      isAsPrepared(instance.guest) &&
      (metadataPrefix === undefined ||
        Object.keys(metadata).every((name) => !name.startsWith(metadataPrefix)))
    );
  }
}

function isAsPrepared(guest: NewInstance['guest']): boolean {
  return Object.entries(guest).every(
    ([name, value]) =>
      // Probes come from outside.
      name === 'readiness' ||
      (typeof value === 'object' && value !== null && Object.keys(value).length === 0),
  );
}
