import { CALM, OtherLoad } from './other-load';
import type { Bench } from './part';
import { medianOf } from './statistics';

/** Maximum rounds played per round wanted. */
const TRIES = 2;
interface Round<T> {
  readonly results: ReadonlyMap<string, T>;
  readonly otherLoad: number;
}

/** Results of the tasks, by round. */
export class Series<T> {
  constructor(private readonly rounds: readonly Round<T>[]) {}

  /** Share of all cores used by other programs during the rounds (median). */
  get otherLoad(): number {
    return medianOf(this.rounds.map((round) => round.otherLoad));
  }

  /** @throws {RangeError} if no task has this name. */
  of(name: string): readonly T[] {
    return this.rounds.map(({ results }) => {
      const result = results.get(name);
      if (result === undefined) throw new RangeError(`nothing was measured of ${name}`);
      return result;
    });
  }
}

/**
 * Runs each task once per round, one after the other, so that all are exposed to the same other load.
 *
 * A first round warms up and does not count. Each round first waits for the machine to be calm, for a limited time.
 * On a busy machine, up to twice as many rounds are played, and those with the least other load count,
 * whatever their figures are. A quick run plays one round without waiting.
 */
export async function interleave<T>(
  { rounds: wanted, isQuick }: Pick<Bench, 'rounds' | 'isQuick'>,
  tasks: Readonly<Record<string, () => Promise<T>>>,
): Promise<Series<T>> {
  if (isQuick) return new Series([await playRound(tasks)]);
  await playCalmRound(tasks);
  const rounds: Round<T>[] = [];
  const isEnough = (): boolean => rounds.filter(({ otherLoad }) => otherLoad <= CALM).length >= wanted;
  for (let tried = 0; tried < TRIES * wanted && !isEnough(); tried++) rounds.push(await playCalmRound(tasks));
  return new Series(rounds.toSorted((a, b) => a.otherLoad - b.otherLoad).slice(0, wanted));
}

async function playCalmRound<T>(tasks: Readonly<Record<string, () => Promise<T>>>): Promise<Round<T>> {
  await OtherLoad.calm();
  return playRound(tasks);
}

async function playRound<T>(tasks: Readonly<Record<string, () => Promise<T>>>): Promise<Round<T>> {
  const others = new OtherLoad();
  const results = new Map<string, T>();
  for (const [name, task] of Object.entries(tasks)) results.set(name, await task());
  return { results, otherLoad: others.share() };
}
