import type { InstanceType } from '../../../drivers/port/instance-type';

/** What the instances of a pool have in common; only requests for the same can get one. */
export interface PoolKind {
  readonly flavor: string;
  readonly imageId: string;
  readonly type: InstanceType;
}

export interface PoolRequest extends PoolKind {
  /** Number of instances to keep. */
  readonly size: number;
}

export interface WarmPool extends PoolRequest {
  readonly name: string;
  /** Preparations that failed in a row. */
  readonly failures: number;
  /** Why the last one failed; null if none has since the pool was last in order. */
  readonly lastError: string | null;
  /** Milliseconds since the epoch; null likewise. */
  readonly failedAt: number | null;
  /** Whether the time after a failure has not passed yet. */
  readonly isWaiting: boolean;
  /** Seconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A pool with the numbers of its instances. */
export interface PoolState extends WarmPool {
  readonly ready: number;
  readonly preparing: number;
}

export function isSameKind(one: PoolKind, other: PoolKind): boolean {
  return one.flavor === other.flavor && one.imageId === other.imageId && one.type === other.type;
}
