import { setTimeout as delay } from 'node:timers/promises';
import { backlogOf, CREATE } from '../support/instances';
import { CONNECTIONS } from '../support/load-generator';
import type { Bench, Finding, Part } from '../support/part';
import { drained } from '../support/queue';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
import { perSecond, spreadOf } from '../support/statistics';

const DATABASE = 'operations';
const GOALS = { perSecond: 1500, p95Ms: 25 };
const ARRIVALS_PER_SECOND = 400;
/** CASCADE also clears the tables that belong to instances. */
const CLEAR = 'TRUNCATE resource_operations, instances, resource_events CASCADE';

/** Throughput of the worker, and how soon it starts an operation. */
export const operations: Part = {
  name: 'operations',
  about: 'operations through the worker, and from commit to start',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const variables = { DATABASE_URL, PROVISION_DELAY_MS: '0' };
    const service = await Service.start({ directory: bench.directory, variables });
    const through = await interleave(bench, { rate: () => workThrough(bench) });
    const starts = await interleave(bench, { delays: () => startDelays(bench, service) });
    await service.stop();
    await bench.cluster.dropDatabase(DATABASE);
    return [throughputOf(through), delayOf(starts)];
  },
};

/** Works off a backlog that becomes due all at once; the rate covers the first start to the last end. */
async function workThrough({ cluster, scale }: Bench): Promise<number> {
  const count = Math.round(20_000 * scale);
  await cluster.execute(
    DATABASE,
    CLEAR,
    backlogOf(count, 4),
    'VACUUM ANALYZE resource_operations, instances',
  );
  await delay(500);
  await drained(cluster, DATABASE);
  const { rate } = await cluster.numbers<'rate'>(
    DATABASE,
    `SELECT (count(*) / extract(epoch FROM max(finished_at) - min(started_at)))::float8 AS rate FROM resource_operations`,
  );
  return rate;
}

type Delays = Readonly<Record<'p50' | 'p95' | 'p99', number>>;

/** Sends creates at a steady rate; measures from the start of the enqueuing transaction to the claim. */
async function startDelays({ cluster, load, scale }: Bench, { url }: Service): Promise<Delays> {
  await cluster.execute(DATABASE, CLEAR);
  await load.run({
    url,
    connections: CONNECTIONS,
    seconds: Math.max(2, 10 * scale),
    rate: ARRIVALS_PER_SECOND,
    requests: [CREATE],
  });
  await drained(cluster, DATABASE);
  return cluster.numbers<keyof Delays>(
    DATABASE,
    `
      WITH delays AS (SELECT 1000 * extract(epoch FROM started_at - created_at) AS ms FROM resource_operations),
      parts AS (SELECT percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY ms) AS p FROM delays)
      SELECT p[1]::float8 AS p50, p[2]::float8 AS p95, p[3]::float8 AS p99 FROM parts`,
  );
}

function throughputOf(series: Series<number>): Finding {
  const rates = series.of('rate');
  const { median, lowest, highest } = spreadOf(rates);
  return {
    goal: 'operations through one worker',
    wanted: `at least ${perSecond(GOALS.perSecond)}`,
    figure: `${perSecond(median)} (${perSecond(lowest)} to ${perSecond(highest)})`,
    isReached: median >= GOALS.perSecond,
    remark: 'an absolute figure: it depends on the machine',
    otherLoad: series.otherLoad,
    measured: { perSecond: rates },
  };
}

function delayOf(series: Series<Delays>): Finding {
  const starts = series.of('delays');
  const of = (name: keyof Delays): string => spreadOf(starts.map((delays) => delays[name])).median.toFixed(1);
  const p95 = spreadOf(starts.map((delays) => delays.p95));
  return {
    goal: `from commit to start, ${ARRIVALS_PER_SECOND} a second`,
    wanted: `p95 below ${GOALS.p95Ms} ms`,
    figure: `p95 ${of('p95')} ms (${p95.lowest.toFixed(1)} to ${p95.highest.toFixed(1)})`,
    isReached: p95.median < GOALS.p95Ms,
    remark: `p50 ${of('p50')} ms, p99 ${of('p99')} ms`,
    otherLoad: series.otherLoad,
    measured: { starts },
  };
}
