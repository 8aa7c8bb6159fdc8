import type { Capacity, Instance, Orphan, WarmPool } from 'uim-compute-client';
import type { Sample } from './metrics';
import type { Readiness } from './readiness';

/** A part of the overview that was read, or why it could not be. */
export type Part<T> = { readonly value: T } | { readonly error: unknown };

export interface Failing {
  readonly instances: readonly Instance[];
  /** Whether there are more. */
  readonly isCut: boolean;
}

/** Data of the overview, read at the same time; one part that fails does not hide the others. */
export interface Reading {
  readonly readiness: Part<Readiness>;
  readonly capacity: Part<Capacity>;
  readonly failing: Part<Failing>;
  readonly orphans: Part<readonly Orphan[]>;
  readonly metrics: Part<readonly Sample[]>;
  readonly warmPools: Part<readonly WarmPool[]>;
}

export type PartName = keyof Reading;

export function valueOf<T>(part: Part<T>): T | undefined {
  return 'value' in part ? part.value : undefined;
}
