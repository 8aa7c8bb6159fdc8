import { compare, findingOf, type Rate } from '../support/comparison';
import { fillOf, getOf, INSTANCES } from '../support/instances';
import type { LoadRequest } from '../support/load-generator';
import type { Bench, Finding, Part } from '../support/part';
import type { Series } from '../support/rounds';
import { Service } from '../support/service';

const SHARE = 0.75;
const TENANTS = 100;
/** Tenants of the small table with more than one page of instances: five share nine tenths of it. */
const LARGE_TENANTS = 5;

interface Table {
  readonly database: string;
  readonly count: number;
  readonly tenant: string;
  /** Number of tenants whose list is read; all have a full page, so that responses have the same size. */
  readonly listed: number;
}

/** How much slower reads are in a table a thousand times as large. */
export const growth: Part = {
  name: 'growth',
  about: 'reads from 1,000 to 1,000,000 instances',
  async run(bench) {
    const small = await fill(bench, {
      database: 'growth_small',
      count: 1000,
      tenant: `'tenant-' || CASE WHEN i % ${TENANTS} < 91 THEN i % ${LARGE_TENANTS} ELSE i % ${TENANTS} END`,
      listed: LARGE_TENANTS,
    });
    bench.say('filling the large table');
    const large = await fill(bench, {
      database: 'growth_large',
      count: Math.max(10_000, 1_000_000 * bench.scale),
      tenant: `'tenant-' || i % ${TENANTS}`,
      listed: TENANTS,
    });
    const series = await compare(bench, {
      smallGet: { server: small.service, requests: small.gets },
      largeGet: { server: large.service, requests: large.gets },
      smallList: { server: small.service, requests: small.lists },
      largeList: { server: large.service, requests: large.lists },
    });
    for (const { service, database } of [small, large]) {
      await service.stop();
      await bench.cluster.dropDatabase(database);
    }
    return [
      besideSmall(series, 'Get', `get one of ${large.count.toLocaleString('en')}`),
      besideSmall(series, 'List', `first 100 of ${large.count.toLocaleString('en')}`),
    ];
  },
};

interface Filled extends Table {
  readonly service: Service;
  readonly gets: readonly LoadRequest[];
  readonly lists: readonly LoadRequest[];
}

async function fill({ cluster, directory }: Bench, table: Table): Promise<Filled> {
  const { database, count, tenant, listed } = table;
  const DATABASE_URL = await cluster.createDatabase(database);
  const service = await Service.start({ directory, variables: { DATABASE_URL } });
  await cluster.execute(database, fillOf({ count, tenant, status: 'running' }), 'VACUUM ANALYZE instances');
  const lists = Array.from({ length: listed }, (_, i) => getOf(`tenant-${i}`, `${INSTANCES}?limit=100`));
  return { ...table, service, gets: await sampleOf(cluster, database), lists };
}

/** A thousand instances from all over the table. */
async function sampleOf(cluster: Bench['cluster'], database: string): Promise<readonly LoadRequest[]> {
  const rows = await cluster.rows<{ id: string; tenant: string }>(
    database,
    'SELECT id, tenant_id AS tenant FROM instances ORDER BY md5(id::text) LIMIT 1000',
  );
  return rows.map(({ id, tenant }) => getOf(tenant, `${INSTANCES}/${id}`));
}

function besideSmall(series: Series<Rate>, what: 'Get' | 'List', goal: string): Finding {
  return findingOf(series, {
    goal,
    wanted: `at least ${SHARE} of the rate with 1,000`,
    atLeast: SHARE,
    name: `large${what}`,
    base: `small${what}`,
    cpuOf: (rate) => rate.serverMs + rate.databaseMs,
  });
}
