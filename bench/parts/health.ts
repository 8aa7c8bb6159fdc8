import { compare, findingOf, type Rate } from '../support/comparison';
import { ExpressServer } from '../support/express-server';
import { fillOf, getOf, INSTANCES, TENANT } from '../support/instances';
import type { LoadRequest } from '../support/load-generator';
import type { Finding, Part } from '../support/part';
import type { Series } from '../support/rounds';
import { Service } from '../support/service';

const DATABASE = 'health';
const HEALTH = getOf(TENANT, '/health');
const GOALS = { health: 0.7, get: 0.45 };

/** Cost of a response compared with bare Express. */
export const health: Part = {
  name: 'health',
  about: '/health and get one beside a bare Express',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const service = await Service.start({ directory: bench.directory, variables: { DATABASE_URL } });
    const express = await ExpressServer.start();
    await bench.cluster.execute(
      DATABASE,
      fillOf({ count: 1000, tenant: `'${TENANT}'`, status: 'running' }),
      'VACUUM ANALYZE instances',
    );
    const gets = await getsOfAll(service.url);
    const series = await compare(bench, {
      express: { server: express, requests: [HEALTH] },
      health: { server: service, requests: [HEALTH] },
      get: { server: service, requests: gets },
    });
    await Promise.all([service.stop(), express.stop()]);
    await bench.cluster.dropDatabase(DATABASE);
    return [besideExpress(series, 'health', 'GET /health'), besideExpress(series, 'get', 'get one instance')];
  },
};

async function getsOfAll(url: string): Promise<readonly LoadRequest[]> {
  const answer = await fetch(`${url}${INSTANCES}`, { headers: { 'X-Tenant-ID': TENANT } });
  const ids = [...(await answer.text()).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id ?? '');
  return ids.map((id) => getOf(TENANT, `${INSTANCES}/${id}`));
}

function besideExpress(series: Series<Rate>, name: 'health' | 'get', goal: string): Finding {
  const atLeast = GOALS[name];
  const wanted = `at least ${atLeast} of bare Express`;
  return findingOf(series, { goal, wanted, atLeast, name, base: 'express', cpuOf: (rate) => rate.serverMs });
}
