import { deepStrictEqual } from 'node:assert';
import { ExpressServer } from '../support/express-server';
import { fillOf, getOf, INSTANCES, TENANT } from '../support/instances';
import { seriesOf, type Finding, type Part } from '../support/part';
import { Service } from '../support/service';
import { medianOf, perSecond, ratiosOf, ratioText } from '../support/statistics';
import { measure } from './health';

const DATABASE = 'lists';
const GOALS = { thousand: 2.5, hundred: 0.224 };
const listOf = (limit: number): string => `${INSTANCES}?limit=${limit}`;

/** Lists beside rows that JavaScript maps and stringifies. */
export const lists: Part = {
  name: 'lists',
  about: 'lists of 1,000 and of 100',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const service = await Service.start({ directory: bench.directory, variables: { DATABASE_URL } });
    const express = await ExpressServer.start({ DATABASE_URL });
    await bench.cluster.execute(
      DATABASE,
      fillOf({ count: 1000, tenant: `'${TENANT}'`, status: 'running' }),
      'VACUUM ANALYZE instances',
    );
    deepStrictEqual(await read(service.url), await read(express.url));
    const thousand = [getOf(TENANT, listOf(1000))];
    const series = await measure(bench, {
      hello: { url: express.url, requests: [getOf(TENANT, '/health')] },
      hundred: { url: service.url, requests: [getOf(TENANT, listOf(100))] },
      mapped: { url: express.url, requests: thousand },
      thousand: { url: service.url, requests: thousand },
    });
    await Promise.all([service.stop(), express.stop()]);
    await bench.cluster.dropDatabase(DATABASE);
    return findingsOf(series);
  },
};

/** Both servers must say the same, or their rates are of different things. */
async function read(url: string): Promise<unknown> {
  const answer = await fetch(`${url}${listOf(1000)}`, { headers: { 'X-Tenant-ID': TENANT } });
  return answer.json();
}

function findingsOf(series: ReadonlyMap<string, readonly number[]>): readonly Finding[] {
  const rate = (name: string): string => perSecond(medianOf(seriesOf(series, name)));
  const thousand = ratiosOf(seriesOf(series, 'thousand'), seriesOf(series, 'mapped'));
  const hundred = ratiosOf(seriesOf(series, 'hundred'), seriesOf(series, 'hello'));
  return [
    {
      goal: 'list of 1,000',
      wanted: `at least ${GOALS.thousand} times rows mapped in JavaScript`,
      figure: `${ratioText(thousand)}: ${rate('thousand')} to ${rate('mapped')}`,
      isReached: thousand.median >= GOALS.thousand,
      measured: {
        ratio: thousand,
        perSecond: seriesOf(series, 'thousand'),
        mappedPerSecond: seriesOf(series, 'mapped'),
      },
    },
    {
      goal: 'list of 100',
      wanted: `more than ${GOALS.hundred} of bare Express`,
      figure: `${ratioText(hundred)}: ${rate('hundred')} to ${rate('hello')}`,
      isReached: hundred.median > GOALS.hundred,
      measured: {
        ratio: hundred,
        perSecond: seriesOf(series, 'hundred'),
        expressPerSecond: seriesOf(series, 'hello'),
      },
    },
  ];
}
