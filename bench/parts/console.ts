import type { Browser } from 'playwright-core';
import { launchBrowser, MeasuredPage } from '../support/browser';
import { fillOf, INSTANCES, TENANT } from '../support/instances';
import { OtherLoad } from '../support/other-load';
import type { Bench, Finding, Part } from '../support/part';
import { Service } from '../support/service';
import { spreadOf } from '../support/statistics';
import { useManyInstances } from './console.many';

const DATABASE = 'console';
const COUNT = 100_000;
const ROUNDS = 20;
const LOADS = 5;
const GOALS = { otherBrowserMs: 300, firstScreenMs: 1500 };

/** The web console in Chromium. */
export const webConsole: Part = {
  name: 'console',
  about: 'the web console: beside another browser, on a slow network, and with 100,000 instances',
  async run(bench) {
    const { cluster, directory, isQuick } = bench;
    const DATABASE_URL = await cluster.createDatabase(DATABASE);
    const variables = { DATABASE_URL, RECONCILE_SECONDS: '3600' };
    const first = await Service.start({ directory, variables });
    const second = await Service.start({ directory, variables });
    const browser = await launchBrowser();
    try {
      const other = await otherBrowser(bench, browser, [first, second]);
      const screen = await firstScreen(bench, browser, first);
      const count = isQuick ? COUNT / 100 : COUNT;
      const fill = fillOf({ count, tenant: `'${TENANT}'`, status: 'running' });
      await cluster.execute(DATABASE, fill, 'VACUUM ANALYZE instances');
      const many = await useManyInstances(bench, { browser, url: first.url, databaseUrl: DATABASE_URL });
      return [other, screen, ...many];
    } finally {
      await browser.close();
      await first.stop();
      await second.stop();
      await cluster.dropDatabase(DATABASE);
    }
  },
};

/** From the response to a change at one replica until a browser at the other one shows it. */
async function otherBrowser(
  bench: Bench,
  browser: Browser,
  [changed, shown]: readonly [Service, Service],
): Promise<Finding> {
  const created = await call(changed, 'POST', INSTANCES, { name: 'name-0', flavor: 'small' });
  const watching = await MeasuredPage.open(browser, shown.url, TENANT);
  await watching.page.getByRole('link', { name: 'name-0' }).waitFor();
  const otherLoad = new OtherLoad();
  const times: number[] = [];
  for (let round = 1; round <= (bench.isQuick ? 3 : ROUNDS); round++) {
    await call(changed, 'PATCH', `${INSTANCES}/${created.id}`, { name: `name-${round}` });
    const started = performance.now();
    await watching.page.getByRole('link', { name: `name-${round}`, exact: true }).waitFor();
    times.push(performance.now() - started);
  }
  await watching.close();
  const { median, highest } = spreadOf(times);
  return {
    goal: 'console: a change at one replica is shown in a browser at another one',
    wanted: `within ${GOALS.otherBrowserMs} ms`,
    figure: `${median.toFixed(0)} ms, at most ${highest.toFixed(0)} ms`,
    isReached: highest <= GOALS.otherBrowserMs,
    otherLoad: otherLoad.share(),
    measured: { times },
  };
}

async function firstScreen(bench: Bench, browser: Browser, service: Service): Promise<Finding> {
  const otherLoad = new OtherLoad();
  const times: number[] = [];
  for (let load = 0; load < (bench.isQuick ? 1 : LOADS); load++) {
    const loading = await MeasuredPage.open(browser, service.url, TENANT);
    times.push(await loading.loadThrottled(`${service.url}/console/instances`, 'name-'));
    await loading.close();
  }
  const { median, lowest, highest } = spreadOf(times);
  return {
    goal: 'console: first load on a throttled network (9 Mbit/s, 165 ms), until instances are shown',
    wanted: `within ${GOALS.firstScreenMs} ms`,
    figure: `${median.toFixed(0)} ms (${lowest.toFixed(0)} to ${highest.toFixed(0)})`,
    isReached: median <= GOALS.firstScreenMs,
    otherLoad: otherLoad.share(),
    measured: { times },
  };
}

async function call(
  { url }: Service,
  method: string,
  path: string,
  body: object,
): Promise<{ readonly id: string }> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'X-Tenant-ID': TENANT, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== 'object' || answer === null || !('id' in answer))
    throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return { id: String(answer.id) };
}
