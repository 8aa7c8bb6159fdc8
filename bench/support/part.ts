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
  /** Share of the machine's cores that other programs took meanwhile. */
  readonly neighbours: number;
  readonly remark?: string;
  /** The result is wrong on any machine, for example because something was lost. */
  readonly isWrong?: boolean;
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
  /** Factor for every duration and size: 1, or less for a quick run. */
  readonly scale: number;
  /** Whether the run only shows that each part works. */
  readonly isQuick: boolean;
  say(text: string): void;
}

export interface Part {
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<readonly Finding[]>;
}
