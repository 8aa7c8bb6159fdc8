import { Injectable } from '@nestjs/common';
import { isSameKind, type PoolKind } from './warm-pool';

/**
 * The pools that this replica knows of, so that creations without a pool need no statement. If it is outdated, an instance is
 * created as usual, or a statement finds none.
 */
@Injectable()
export class PoolIndex {
  private pools: readonly PoolKind[] = [];

  set(pools: readonly PoolKind[]): void {
    this.pools = pools;
  }

  has(kind: PoolKind): boolean {
    return this.pools.some((pool) => isSameKind(pool, kind));
  }
}
