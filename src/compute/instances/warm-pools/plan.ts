import { isSameKind, type WarmPool } from './warm-pool';
import type { Prepared } from './store/prepared.repository';

/** Deletions of what failed do not follow each other more quickly, in case they fail, too. */
const FAILED_FOR_SECONDS = 5;

/** What is to be done so that each pool has its instances. */
export interface Plan {
  readonly create: readonly { readonly pool: WarmPool; readonly count: number }[];
  readonly discard: readonly Prepared[];
  /** Pools of which a preparation failed, with the reason. */
  readonly failed: readonly { readonly pool: WarmPool; readonly reason: string }[];
  /** Pools of which a preparation has succeeded since the last one that failed. */
  readonly recovered: readonly WarmPool[];
}

/** @param driverOf the kind of driver that a new instance of the pool would have */
export function planOf(
  pools: readonly WarmPool[],
  prepared: readonly Prepared[],
  driverOf: (pool: WarmPool) => string,
): Plan {
  const belongs = (pool: WarmPool, one: Prepared): boolean =>
    one.name === pool.name && isSameKind(one, pool) && one.driver === driverOf(pool);
  const strays = prepared.filter((one) => !pools.some((pool) => belongs(pool, one)));
  const plans = pools.map((pool) =>
    planFor(
      pool,
      prepared.filter((one) => belongs(pool, one)),
    ),
  );
  return {
    create: plans.flatMap(({ pool, missing }) => (missing > 0 ? [{ pool, count: missing }] : [])),
    discard: [...strays.filter(isDue), ...plans.flatMap(({ discard }) => discard)],
    failed: plans.flatMap(({ pool, failed: [first] }) => (first ? [{ pool, reason: reasonOf(first) }] : [])),
    recovered: plans.flatMap(({ pool, hasRecovered }) => (hasRecovered ? [pool] : [])),
  };
}

interface PoolPlan {
  readonly pool: WarmPool;
  readonly missing: number;
  readonly discard: readonly Prepared[];
  readonly failed: readonly Prepared[];
  readonly hasRecovered: boolean;
}

function planFor(pool: WarmPool, own: readonly Prepared[]): PoolPlan {
  const ready = own.filter(({ status }) => status === 'running');
  const preparing = own.filter(({ status }) => status === 'creating');
  // A guest that ended by itself is as useless as one that was never started.
  const failed = own.filter(({ status }) => status !== 'running' && status !== 'creating').filter(isDue);
  // Ready ones stay, the oldest first.
  const surplus = [...ready, ...preparing].slice(pool.size);
  const { failedAt, isWaiting, size } = pool;
  return {
    pool,
    // An instance that failed is replaced after the delay that follows.
    missing: isWaiting || failed.length > 0 ? 0 : Math.max(0, size - ready.length - preparing.length),
    discard: [...failed, ...surplus],
    failed,
    hasRecovered: failedAt !== null && ready.some(({ createdAt }) => createdAt > failedAt),
  };
}

function isDue({ status, idleSeconds }: Prepared): boolean {
  return status !== 'error' || idleSeconds >= FAILED_FOR_SECONDS;
}

function reasonOf({ status, statusReason }: Prepared): string {
  return statusReason ?? `an instance was ${status}`;
}
