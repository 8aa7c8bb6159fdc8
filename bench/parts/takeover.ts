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
/** Long enough that the replica still has running operations when the load has ended and it is killed. */
const PROVISION_MS = 2000;
const ARRIVALS_PER_SECOND = 200;
const LOAD_SECONDS = 2;

/** Two replicas, one of them killed: how long until all its operations have been restarted? */
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
    const takeovers = await interleave(bench, {
      takeover: async () => killOne(bench, await start()),
    });
    await survivor.stop();
    await bench.cluster.dropDatabase(DATABASE);
    return [findingOf(takeovers)];
  },
};

interface Takeover {
  readonly held: number;
  /** From the kill until the last of the victim's operations was restarted: its end minus the engine's time. */
  readonly seconds: number;
  readonly unfinished: number;
}

/** A replica usually runs the operations that it accepted itself, so the load goes to the one to be killed. */
async function killOne({ cluster, load }: Bench, victim: Service): Promise<Takeover> {
  const { pid } = victim;
  await load.run({
    url: victim.url,
    connections: CONNECTIONS,
    seconds: LOAD_SECONDS,
    rate: ARRIVALS_PER_SECOND,
    requests: [CREATE],
  });
  const killedAt = Date.now() / 1000;
  await victim.kill();
  await cluster.execute(
    DATABASE,
    `CREATE TABLE left_behind AS SELECT id FROM resource_operations WHERE status = 'running' AND lease_owner LIKE '%:${pid}'`,
  );
  await drained(cluster, DATABASE);
  const takeover = await cluster.numbers<keyof Takeover>(
    DATABASE,
    `
      SELECT count(*)::int AS held, (count(*) FILTER (WHERE status <> 'succeeded'))::int AS unfinished,
        (extract(epoch FROM max(finished_at)) - $1)::float8 - ${PROVISION_MS / 1000} AS seconds
      FROM resource_operations WHERE id IN (SELECT id FROM left_behind)`,
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
    wanted: `all begun again within the lease and ${WITHIN_SECONDS} s`,
    figure: `lease + ${after.median.toFixed(2)} s (${after.lowest.toFixed(2)} to ${after.highest.toFixed(2)})`,
    isReached: after.highest < WITHIN_SECONDS && unfinished === 0,
    isWrong: unfinished > 0,
    remark: `${held} operations were held in ${takeovers.length} kills, ${unfinished} did not succeed`,
    otherLoad: series.otherLoad,
    measured: { leaseSeconds: LEASE_SECONDS, takeovers },
  };
}
