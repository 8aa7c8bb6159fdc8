import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DriverRegistry } from '../../../drivers';
import { IntervalTask } from '../../../platform/async/interval-task';
import { AppError } from '../../../platform/errors/app.error';
import { failpoint } from '../../../platform/failpoints';
import { WARM_POOLS } from '../../../platform/values/tenant';
import { newId } from '../../../platform/values/uuid';
import { OperationSignals } from '../../operations';
import { ActionsRepository } from '../actions/actions.repository';
import { newOperation, systemChange } from '../actions/change-request';
import { ProvisioningService, type InstanceRequest } from '../create/provisioning.service';
import { plainDefaults } from '../fields';
import { planOf, type Plan } from './plan';
import { PoolIndex } from './pool-index';
import { PreparedRepository, type Prepared } from './store/prepared.repository';
import { WarmPoolsRepository } from './store/warm-pools.repository';
import type { WarmPool } from './warm-pool';

const ACTOR = 'system:warm-pools';
/** Also until an instance that was handed over is replaced: sooner, that would slow down the first command of its tenant. */
const INTERVAL_MS = 1000;
/** A replica that crashed while it prepared instances delays the others by this. */
const LEASE_MS = 10_000;
/** Instances that one round creates at most, so that it ends before its lease. */
const BATCH = 20;

/**
 * Keeps as many instances prepared as the pools want. Creations and deletions are ordinary operations of the tenant
 * `@warm-pools`, so whatever a crash interrupts is continued, and the next round sees what is still missing. The replicas take
 * turns, so that none creates what another has begun to create.
 */
@Injectable()
export class PoolPreparer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('WarmPools');
  private readonly owner = newId();
  /** There were no pools, and no instances of pools, when this was last checked. */
  private isIdle = false;
  /** Only the first of several failures is logged. */
  private isFailing = false;
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    isImmediate: true,
    work: async (signal) => {
      await this.round(signal);
      this.isFailing = false;
    },
    failed: (error) => {
      if (!this.isFailing) this.logger.warn({ err: error }, 'failed to prepare instances; will retry');
      this.isFailing = true;
    },
  });

  constructor(
    private readonly pools: WarmPoolsRepository,
    private readonly prepared: PreparedRepository,
    private readonly index: PoolIndex,
    private readonly provisioning: ProvisioningService,
    private readonly lifecycle: ActionsRepository,
    private readonly drivers: DriverRegistry,
    private readonly operations: OperationSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** A pool was changed. */
  wake(): void {
    this.isIdle = false;
    this.rounds.runNow();
  }

  private async round(signal: AbortSignal): Promise<void> {
    const pools = await this.pools.list();
    this.index.set(pools);
    if (pools.length === 0 && this.isIdle) return;
    this.isIdle = pools.length === 0;
    if (isEmpty(await this.plan(pools))) return;
    this.isIdle = false;
    if (!(await this.prepared.hold(this.owner, LEASE_MS))) return;
    try {
      // Another replica may have done it meanwhile.
      await this.carryOut(await this.plan(await this.pools.list()), signal);
    } finally {
      await this.prepared.release(this.owner);
    }
  }

  private async plan(pools: readonly WarmPool[]): Promise<Plan> {
    return planOf(pools, await this.prepared.list(), ({ type }) => this.drivers.forType(type).kind);
  }

  private async carryOut({ create, discard, failed, recovered }: Plan, signal: AbortSignal): Promise<void> {
    for (const pool of recovered) await this.pools.recovered(pool.name);
    for (const { pool, reason } of failed) await this.pools.failed(pool.name, reason);
    for (const one of discard) if (!signal.aborted) await this.discard(one);
    let left = BATCH;
    for (const { pool, count } of create) {
      const now = Math.min(count, left);
      left -= now;
      if (!signal.aborted) await this.prepare(pool, now);
    }
    if (left === 0) this.rounds.runNow();
  }

  private async prepare(pool: WarmPool, count: number): Promise<void> {
    try {
      for (let made = 0; made < count; made++) {
        const begun = await this.provisioning.create(requestFor(pool), systemChange(WARM_POOLS, ACTOR));
        if (begun.kind === 'one') failpoint('pool.creation_begun', begun.instanceId);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.pools.failed(pool.name, error.message);
    }
  }

  /** Does nothing if it was handed over or has changed meanwhile. */
  private async discard({ id, version, name }: Prepared): Promise<void> {
    const deletion = { ...newOperation('delete', systemChange(WARM_POOLS, ACTOR)), isForced: true };
    const begun = await this.lifecycle.beginDelete(WARM_POOLS, { id, version }, deletion);
    if (!begun) return;
    failpoint('pool.deletion_begun', id);
    for (const cancelledId of begun.cancelledIds) this.operations.cancelled(cancelledId);
    this.operations.enqueued();
    this.logger.log({ instanceId: id, pool: name }, 'deleting a prepared instance');
  }
}

function isEmpty({ create, discard, failed, recovered }: Plan): boolean {
  return create.length + discard.length + failed.length + recovered.length === 0;
}

function requestFor({ name, flavor, imageId, type }: WarmPool): InstanceRequest {
  return {
    ...{ name, flavor, imageId, type, ...plainDefaults() },
    ...{ metadata: {}, networkIds: [], volumeIds: [] },
  };
}
