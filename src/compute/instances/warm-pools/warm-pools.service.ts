import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DriverRegistry } from '../../../drivers';
import { Metrics } from '../../../platform/metrics';
import { WARM_POOLS } from '../../../platform/values/tenant';
import { FlavorsService } from '../../flavors';
import { assertFits, ImagesService } from '../../images';
import { NotSupportedByEngineError } from '../engine/engine.errors';
import { PoolPreparer } from './pool-preparer';
import { WarmPoolsRepository } from './store/warm-pools.repository';
import type { PoolRequest, PoolState } from './warm-pool';
import { WarmPoolLimitExceededError, WarmPoolNotFoundError } from './warm-pool.errors';
import { WarmPoolsConfig } from './warm-pools.config';

const HELP = 'Instances of warm pools that wait to be handed over or are being prepared, by pool';

@Injectable()
export class WarmPoolsService implements OnModuleInit {
  constructor(
    private readonly pools: WarmPoolsRepository,
    private readonly preparer: PoolPreparer,
    private readonly flavors: FlavorsService,
    private readonly images: ImagesService,
    private readonly drivers: DriverRegistry,
    private readonly config: WarmPoolsConfig,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('compute_warm_pool_instances', HELP, ['pool', 'state'], async (gauge) => {
      // Keeps its last values while the database is unavailable.
      const pools = await this.pools.states().catch(() => undefined);
      if (!pools) return;
      gauge.reset();
      for (const { name: pool, ready, preparing } of pools) {
        gauge.set({ pool, state: 'ready' }, ready);
        gauge.set({ pool, state: 'preparing' }, preparing);
      }
    });
  }

  list(): Promise<readonly PoolState[]> {
    return this.pools.states();
  }

  /** @throws {WarmPoolNotFoundError} */
  async get(name: string): Promise<PoolState> {
    const pool = await this.pools.state(name);
    if (!pool) throw new WarmPoolNotFoundError();
    return pool;
  }

  /**
   * Creates or changes the pool; instances that do not match it are replaced.
   * @throws {InvalidFlavorError | ImageRequiredError | ImageNotFoundError | FlavorTooSmallError |
   * NotSupportedByEngineError | WarmPoolLimitExceededError} with nothing written
   */
  async set(name: string, request: PoolRequest): Promise<PoolState> {
    const driver = this.drivers.forType(request.type);
    const flavor = await this.flavors.choose(request.flavor);
    // Images for certain tenants only are not found.
    const image = this.images.choose(WARM_POOLS, request.imageId, driver);
    if (image) assertFits(image, flavor);
    if (driver.canPrepare !== true) throw new NotSupportedByEngineError(driver.kind, 'prepare');
    const limit = this.config.maxInstances;
    const { used, isWithin } = await this.pools.set(name, request, limit);
    if (!isWithin) throw new WarmPoolLimitExceededError(request.size, { used, limit });
    this.preparer.wake();
    return this.get(name);
  }

  /** Its prepared instances are deleted. @throws {WarmPoolNotFoundError} */
  async remove(name: string): Promise<void> {
    if (!(await this.pools.remove(name))) throw new WarmPoolNotFoundError();
    this.preparer.wake();
  }
}
