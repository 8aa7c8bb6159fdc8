import { WarmPoolsController } from './api/warm-pools.controller';
import { HandOver } from './hand-over';
import { PoolIndex } from './pool-index';
import { PoolPreparer } from './pool-preparer';
import { HandOverRepository } from './store/hand-over.repository';
import { PreparedRepository } from './store/prepared.repository';
import { WarmPoolsRepository } from './store/warm-pools.repository';
import { WarmPoolsService } from './warm-pools.service';

/** For `InstancesModule`. */
export const WARM_POOL_CONTROLLERS = [WarmPoolsController];

/** Likewise. */
export const WARM_POOL_PROVIDERS = [
  WarmPoolsService,
  WarmPoolsRepository,
  PoolIndex,
  PoolPreparer,
  PreparedRepository,
  HandOver,
  HandOverRepository,
];
