import type { Bench, Finding } from './part';
import { CONNECTIONS, type LoadRequest } from './load-generator';
import { interleave, type Series } from './rounds';
import { medianOf, perSecond, ratiosOf, ratioText } from './statistics';

export interface Target {
  readonly server: { readonly url: string; readonly cpuSeconds: number };
  readonly requests: readonly LoadRequest[];
}

/** Result of one target in one round. */
export interface Rate {
  readonly perSecond: number;
  /** CPU time per request, of the server and of PostgreSQL; hardly affected by other load on the machine. */
  readonly serverMs: number;
  readonly databaseMs: number;
}

/** Loads each target for a few seconds, round by round. */
export async function compare(
  bench: Bench,
  targets: Readonly<Record<string, Target>>,
): Promise<Series<Rate>> {
  const tasks = Object.fromEntries(
    Object.entries(targets).map(([name, target]) => [name, () => rateOf(bench, target)]),
  );
  return interleave(bench, tasks);
}

async function rateOf({ load, cluster, scale }: Bench, { server, requests }: Target): Promise<Rate> {
  const before = { server: server.cpuSeconds, database: cluster.cpuSeconds };
  const result = await load.run({
    url: server.url,
    connections: CONNECTIONS,
    seconds: Math.max(1, 3 * scale),
    requests,
  });
  return {
    perSecond: result.perSecond,
    serverMs: ((server.cpuSeconds - before.server) * 1000) / result.answered,
    databaseMs: ((cluster.cpuSeconds - before.database) * 1000) / result.answered,
  };
}

export interface Comparison {
  readonly goal: string;
  readonly wanted: string;
  readonly atLeast: number;
  readonly name: string;
  readonly base: string;
  /** CPU time to compare in addition to the rates. */
  readonly cpuOf: (rate: Rate) => number;
}

export function findingOf(series: Series<Rate>, comparison: Comparison): Finding {
  const { goal, wanted, atLeast, name, base, cpuOf } = comparison;
  const [values, bases] = [series.of(name), series.of(base)];
  const [rates, baseRates] = [values.map(perSecondOf), bases.map(perSecondOf)];
  const ratio = ratiosOf(rates, baseRates);
  const cpuRatio = ratiosOf(bases.map(cpuOf), values.map(cpuOf));
  const ms = (all: readonly Rate[]): string => medianOf(all.map(cpuOf)).toFixed(3);
  return {
    goal,
    wanted,
    figure: `${ratioText(ratio)}: ${perSecond(medianOf(rates))} to ${perSecond(medianOf(baseRates))}`,
    isReached: ratio.median >= atLeast,
    otherLoad: series.otherLoad,
    remark: `by processor time ${ratioText(cpuRatio)}, ${ms(values)} ms to ${ms(bases)} ms a request`,
    measured: { ratio, cpuRatio, values, bases },
  };
}

function perSecondOf(rate: Rate): number {
  return rate.perSecond;
}
