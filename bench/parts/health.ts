import { ExpressServer } from '../support/express-server';
import { fillOf, getOf, INSTANCES, TENANT } from '../support/instances';
import { CONNECTIONS, type LoadRequest } from '../support/load-generator';
import { interleave, seriesOf, type Bench, type Finding, type Part } from '../support/part';
import { Service } from '../support/service';
import { medianOf, perSecond, ratiosOf, ratioText } from '../support/statistics';

const DATABASE = 'health';
const HEALTH = getOf(TENANT, '/health');
const GOALS = { health: 0.7, get: 0.45 };

/** What an answer costs beside what Express alone costs. */
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
    const series = await measure(bench, {
      express: { url: express.url, requests: [HEALTH] },
      health: { url: service.url, requests: [HEALTH] },
      get: { url: service.url, requests: gets },
    });
    await Promise.all([service.stop(), express.stop()]);
    await bench.cluster.dropDatabase(DATABASE);
    return findingsOf(series);
  },
};

interface Target {
  readonly url: string;
  readonly requests: readonly LoadRequest[];
}

/** Requests a second of each target, interleaved, after a round that warms them up. */
export async function measure(
  { load, rounds, scale }: Bench,
  targets: Readonly<Record<string, Target>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const seconds = Math.max(1, 3 * scale);
  const tasks = Object.fromEntries(
    Object.entries(targets).map(([name, target]) => [
      name,
      async () => (await load.run({ ...target, connections: CONNECTIONS, seconds })).perSecond,
    ]),
  );
  await interleave(1, tasks);
  return interleave(rounds, tasks);
}

async function getsOfAll(url: string): Promise<readonly LoadRequest[]> {
  const answer = await fetch(`${url}${INSTANCES}`, { headers: { 'X-Tenant-ID': TENANT } });
  const ids = [...(await answer.text()).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id ?? '');
  return ids.map((id) => getOf(TENANT, `${INSTANCES}/${id}`));
}

function findingsOf(series: ReadonlyMap<string, readonly number[]>): readonly Finding[] {
  const bases = seriesOf(series, 'express');
  const findingOf = (name: 'health' | 'get', goal: string): Finding => {
    const ratio = ratiosOf(seriesOf(series, name), bases);
    return {
      goal,
      wanted: `at least ${GOALS[name]} of bare Express`,
      figure: `${ratioText(ratio)}: ${perSecond(medianOf(seriesOf(series, name)))} to ${perSecond(medianOf(bases))}`,
      isReached: ratio.median >= GOALS[name],
      measured: { ratio, perSecond: seriesOf(series, name), expressPerSecond: bases },
    };
  };
  return [findingOf('health', 'GET /health'), findingOf('get', 'get one instance')];
}
