import { deepStrictEqual } from 'node:assert';
import { compare, findingOf, type Rate } from '../support/comparison';
import { ExpressServer } from '../support/express-server';
import { fillOf, getOf, INSTANCES, TENANT } from '../support/instances';
import type { Finding, Part } from '../support/part';
import type { Series } from '../support/rounds';
import { Service } from '../support/service';

const DATABASE = 'lists';
const GOALS = { thousand: 2.5, hundred: 0.224 };
const listOf = (limit: number): string => `${INSTANCES}?limit=${limit}`;

/** Lists, compared with rows mapped and stringified in JavaScript. */
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
    const series = await compare(bench, {
      hello: { server: express, requests: [getOf(TENANT, '/health')] },
      hundred: { server: service, requests: [getOf(TENANT, listOf(100))] },
      mapped: { server: express, requests: thousand },
      thousand: { server: service, requests: thousand },
    });
    await Promise.all([service.stop(), express.stop()]);
    await bench.cluster.dropDatabase(DATABASE);
    return findingsOf(series);
  },
};

/** Both servers must return the same, or their rates are not comparable. */
async function read(url: string): Promise<unknown> {
  const answer = await fetch(`${url}${listOf(1000)}`, { headers: { 'X-Tenant-ID': TENANT } });
  return answer.json();
}

function findingsOf(series: Series<Rate>): readonly Finding[] {
  const cpuOf = (rate: Rate): number => rate.serverMs;
  return [
    findingOf(series, {
      goal: 'list of 1,000',
      wanted: `at least ${GOALS.thousand} times rows mapped in JavaScript`,
      atLeast: GOALS.thousand,
      name: 'thousand',
      base: 'mapped',
      cpuOf,
    }),
    findingOf(series, {
      goal: 'list of 100',
      wanted: `more than ${GOALS.hundred} of bare Express`,
      atLeast: GOALS.hundred,
      name: 'hundred',
      base: 'hello',
      cpuOf,
    }),
  ];
}
