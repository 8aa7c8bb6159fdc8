import { setTimeout as delay } from 'node:timers/promises';
import { CREATE } from '../support/instances';
import { CONNECTIONS } from '../support/load-generator';
import type { Bench, Finding, Part } from '../support/part';
import { drained } from '../support/queue';
import { interleave, type Series } from '../support/rounds';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';

const DATABASE = 'takeover';
const LEASE_SECONDS = 2;
const WITHIN_SECONDS = 1;
/** Long enough that a replica always has some at work, and part of the time that is measured. */
const PROVISION_MS = 200;
const ARRIVALS_PER_SECOND = 200;
const KILL_AFTER_MS = 2000;

/** Two replicas at work, one of them killed: when has all that it held come to its end? */
export const takeover: Part = {
  name: 'takeover',
  about: 'after kill -9 of one of two replicas',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const start = (): Promise<Service> =>
      Service.start({
        directory: bench.directory,
        variables: {
          DATABASE_URL,
          PROVISION_DELAY_MS: String(PROVISION_MS),
          WORKER_LEASE_SECONDS: String(LEASE_SECONDS),
        },
      });
    const survivor = await start();
    const takeovers = await interleave(bench.rounds, {
      takeover: async () => killOne(bench, survivor, await start()),
    });
    await survivor.stop();
    await bench.cluster.dropDatabase(DATABASE);
    return [findingOf(takeovers)];
  },
};

interface Takeover {
  readonly held: number;
  /** From the kill until the last of what the dead one held has ended. */
  readonly seconds: number;
  readonly unfinished: number;
}

async function killOne({ cluster, load }: Bench, survivor: Service, victim: Service): Promise<Takeover> {
  const owner = victim.owner;
  const traffic = load.run({
    url: survivor.url,
    connections: CONNECTIONS,
    seconds: KILL_AFTER_MS / 1000 + LEASE_SECONDS + 2,
    rate: ARRIVALS_PER_SECOND,
    requests: [CREATE],
  });
  await delay(KILL_AFTER_MS);
  const killedAt = Date.now() / 1000;
  await victim.kill();
  await cluster.execute(
    DATABASE,
    `CREATE TABLE left_behind AS SELECT id FROM operations WHERE status = 'running' AND lease_owner = '${owner}'`,
  );
  await traffic;
  await drained(cluster, DATABASE);
  const takeover = await cluster.numbers<keyof Takeover>(
    DATABASE,
    `
      SELECT count(*)::int AS held, (count(*) FILTER (WHERE status <> 'succeeded'))::int AS unfinished,
        (extract(epoch FROM max(finished_at)) - $1)::float8 AS seconds
      FROM operations WHERE id IN (SELECT id FROM left_behind)`,
    [killedAt],
  );
  await cluster.execute(DATABASE, 'DROP TABLE left_behind');
  if (takeover.held === 0) throw new Error('the killed replica held nothing: nothing was measured');
  return takeover;
}

function findingOf(series: Series<Takeover>): Finding {
  const takeovers = series.of('takeover');
  const after = spreadOf(takeovers.map(({ seconds }) => seconds - LEASE_SECONDS));
  const held = takeovers.reduce((sum, takeover) => sum + takeover.held, 0);
  const unfinished = takeovers.reduce((sum, takeover) => sum + takeover.unfinished, 0);
  return {
    goal: 'after kill -9 of one of two replicas',
    wanted: `all done within the lease and ${WITHIN_SECONDS} s`,
    figure: `lease + ${after.median.toFixed(2)} s (${after.lowest.toFixed(2)} to ${after.highest.toFixed(2)})`,
    isReached: after.highest < WITHIN_SECONDS && unfinished === 0,
    remark: `${held} operations were held in ${takeovers.length} kills, ${unfinished} did not succeed; the engine's ${PROVISION_MS} ms included`,
    neighbours: series.neighbours,
    measured: { leaseSeconds: LEASE_SECONDS, takeovers },
  };
}
