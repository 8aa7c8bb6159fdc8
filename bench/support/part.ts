import type { LoadGenerator } from './load-generator';
import type { Cluster } from './cluster';

/** One goal and its measurement. */
export interface Finding {
  readonly goal: string;
  /** The target, as text. */
  readonly wanted: string;
  /** The measurement, as text. */
  readonly figure: string;
  /** Null for a figure that is only for comparison. */
  readonly isReached: boolean | null;
  /** Share of the machine's cores used by other programs during the measurement. */
  readonly otherLoad: number;
  readonly remark?: string;
  /** Set if the result is wrong on any machine, for example because something was lost. */
  readonly isWrong?: boolean;
  /** All numbers behind the figure. */
  readonly measured: object;
}

export interface Bench {
  readonly cluster: Cluster;
  readonly load: LoadGenerator;
  /** For data directories and logs of the started processes; removed at the end. */
  readonly directory: string;
  /** Measurements per compared task. */
  readonly rounds: number;
  /** Factor for all durations and sizes: 1, or less for a quick run. */
  readonly scale: number;
  /** Whether the run only checks that each part works. */
  readonly isQuick: boolean;
  say(text: string): void;
}

export interface Part {
  readonly name: string;
  readonly about: string;
  run(bench: Bench): Promise<readonly Finding[]>;
}
