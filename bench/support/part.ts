import type { LoadGenerator } from './load-generator';
import type { Cluster } from './cluster';

/** One goal, and what was measured of it. */
export interface Finding {
  readonly goal: string;
  /** What the goal asks for, for people. */
  readonly wanted: string;
  /** What was measured, for people. */
  readonly figure: string;
  /** Null where the figure is there for comparison and no goal. */
  readonly isReached: boolean | null;
  readonly remark?: string;
  /** Every number behind the figure. */
  readonly measured: object;
}

export interface Bench {
  readonly cluster: Cluster;
  readonly load: LoadGenerator;
  /** For the data directories and logs of what the parts start; removed at the end. */
  readonly directory: string;
  /** Measurements of each thing that is compared. */
  readonly rounds: number;
  /** Factor on every duration and size: 1, or less for a smoke run. */
  readonly scale: number;
  say(text: string): void;
}

export interface Part {
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<readonly Finding[]>;
}

/** Does each of `tasks` once a round, one after the other, so that all of them see the same neighbours. */
export async function interleave<N extends string>(
  rounds: number,
  tasks: Readonly<Record<N, () => Promise<number>>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const series = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, task] of Object.entries<() => Promise<number>>(tasks)) {
      const values = series.get(name) ?? [];
      values.push(await task());
      series.set(name, values);
    }
  }
  return series;
}

export function seriesOf(all: ReadonlyMap<string, readonly number[]>, name: string): readonly number[] {
  return all.get(name) ?? [];
}
