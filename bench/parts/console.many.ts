import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import type { Pool } from 'pg';
import { MeasuredPage } from '../support/browser';
import { poolOf } from '../support/cluster';
import { TENANT } from '../support/instances';
import { OtherLoad } from '../support/other-load';
import type { Bench, Finding } from '../support/part';
import { spreadOf } from '../support/statistics';

const CHANGED_SHARE = 0.01;
/** So that a notification stays below the 8,000 bytes that PostgreSQL allows. */
const CHUNK = 100;
const CHANNEL = 'compute_instances';
const SECONDS = 600;
const GOALS = { longTaskMs: 100, memory: 1.1 };

/** Renames random instances, of which the last ones are on the page. */
const CHANGE = `
  WITH changed AS (
    UPDATE instances SET name = 'name-' || version, version = version + 1
    WHERE id IN (SELECT id FROM instances TABLESAMPLE BERNOULLI ($1) LIMIT 5000)
    RETURNING id, tenant_id, version, status
  ), event AS (
    INSERT INTO resource_events (resource_id, version, tenant_id, type, from_status, to_status, request_id)
    SELECT id, version, tenant_id, 'updated', status, status, 'bench' FROM changed
  )
  SELECT tenant_id || ' ' || id AS message FROM changed`;

export interface Many {
  readonly browser: Browser;
  readonly url: string;
  readonly databaseUrl: string;
}

/** Scrolls, turns pages and filters while one percent of the instances changes every second. */
export async function useManyInstances(
  bench: Bench,
  { browser, url, databaseUrl }: Many,
): Promise<readonly Finding[]> {
  const pool = poolOf(databaseUrl);
  const used = await MeasuredPage.open(browser, url, TENANT);
  await used.watchMemory();
  const seconds = Math.max(10, SECONDS * bench.scale);
  const otherLoad = new OtherLoad();
  const heap: number[] = [];
  let changes = 0;
  const end = performance.now() + seconds * 1000;
  await used.longTasks();
  while (performance.now() < end) {
    const started = performance.now();
    [changes] = await Promise.all([change(pool).then((count) => changes + count), use(used.page)]);
    heap.push(await used.heapMb());
    await delay(Math.max(0, 1000 - (performance.now() - started)));
  }
  const longTasks = await used.longTasks();
  await used.close();
  await pool.end();
  return [
    tasksOf(longTasks, changes / seconds, otherLoad.share()),
    memoryOf(heap, seconds, otherLoad.share()),
  ];
}

/** @returns number of changed instances */
async function change(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ message: string }>(CHANGE, [CHANGED_SHARE * 100]);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const messages = rows.slice(from, from + CHUNK).map(({ message }) => message);
    await pool.query('SELECT pg_notify($1, $2)', [CHANNEL, messages.join('\n')]);
  }
  return rows.length;
}

async function use(page: Page): Promise<void> {
  await page.mouse.move(600, 500);
  for (let step = 0; step < 5; step++) await page.mouse.wheel(0, step < 3 ? 600 : -900);
  await page.getByRole('combobox', { name: 'Type' }).selectOption('Virtual machine');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Page 2').waitFor();
  await page.getByRole('button', { name: 'Remove all filters' }).click();
  await page.getByText('Page 1').waitFor();
}

function tasksOf(longTasks: readonly number[], perSecond: number, otherLoad: number): Finding {
  const longest = Math.max(0, ...longTasks);
  return {
    goal: 'console: 100,000 instances, 1 % changing a second, scrolled and filtered: longest task of the page',
    wanted: `at most ${GOALS.longTaskMs} ms`,
    figure: `${longest.toFixed(0)} ms; ${longTasks.length} above 50 ms, at ${perSecond.toFixed(0)} changes/s`,
    isReached: longest <= GOALS.longTaskMs,
    otherLoad,
    measured: { longTasks },
  };
}

/** Compares the last tenth with the second one: in the first, the page still fills its caches. */
function memoryOf(heap: readonly number[], seconds: number, otherLoad: number): Finding {
  const tenth = Math.max(1, Math.floor(heap.length / 10));
  const early = spreadOf(heap.slice(tenth, 2 * tenth)).median;
  const late = spreadOf(heap.slice(-tenth)).median;
  return {
    goal: `console: memory of the page in these ${seconds} s`,
    wanted: `grows by less than ${Math.round((GOALS.memory - 1) * 100)} %`,
    figure: `${early.toFixed(1)} MB in the second tenth, ${late.toFixed(1)} MB in the last`,
    isReached: late <= early * GOALS.memory,
    otherLoad,
    measured: { heap },
  };
}
