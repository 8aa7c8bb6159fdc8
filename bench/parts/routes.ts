import { idIn, INSTANCES, NEW_INSTANCE, NEW_LARGE_INSTANCES } from '../support/instances';
import { OtherLoad } from '../support/other-load';
import type { Bench, Finding, Part } from '../support/part';
import { Service } from '../support/service';

const DATABASE = 'routes';
const GOAL_MS = 50;
const TENANT = 'worst';
const TRIES = 3;
const BODY_BYTES = 1_500_000;
const HEADERS = { 'X-Tenant-ID': TENANT, 'Content-Type': 'application/json' };
const LISTS = 10;

const members = (count: number, length: number): string =>
  Array.from({ length: count }, (_, i) => `"${`m${i}`.padEnd(length, '-')}":1`).join(',');

/** Worst-case request bodies. */
const BODIES: Readonly<Record<string, string>> = {
  'many members': `{${members(150_000, 6)}}`,
  '990 long members': `{"name":"a","flavor":"small",${members(990, 1500)}}`,
  'deep nesting': `${'['.repeat(BODY_BYTES / 2)}${']'.repeat(BODY_BYTES / 2)}`,
  'a long text': JSON.stringify({ ...NEW_INSTANCE, userData: 'x'.repeat(BODY_BYTES) }),
  '100 instances of 10 KB': NEW_LARGE_INSTANCES,
};

/** How long the worst request of each route blocks the event loop. */
export const routes: Part = {
  name: 'routes',
  about: 'how long the worst request of each route blocks the event loop',
  async run(bench) {
    const DATABASE_URL = await bench.cluster.createDatabase(DATABASE);
    const { directory } = bench;
    const variables = { DATABASE_URL, LOG_LEVEL: 'warn', PROVISION_DELAY_MS: '0' };
    const service = await Service.start({ directory, variables });
    try {
      return [await measure(bench, service.url)];
    } finally {
      await service.stop();
      await bench.cluster.dropDatabase(DATABASE);
    }
  },
};

interface Delay {
  readonly request: string;
  readonly ms: number;
}

async function measure(bench: Bench, url: string): Promise<Finding> {
  const id = await fill(url, bench.isQuick ? 1 : LISTS);
  const others = new OtherLoad();
  const delays: Delay[] = [];
  for (const [method, path] of await routesOf(url)) {
    const place = path.replaceAll(/\{\w+\}/g, (name) => (name === '{id}' ? id : 'x'));
    let worst: Delay = { request: '', ms: 0 };
    for (const [what, send] of requestsOf(url, method, place)) {
      await lagOf(url);
      for (let i = 0; i < TRIES; i++) await send();
      const ms = await lagOf(url);
      if (ms > worst.ms) worst = { request: `${method} ${path}, ${what}`, ms };
    }
    delays.push(worst);
    bench.say(`${worst.request}: ${worst.ms.toFixed(1)} ms`);
  }
  const [worst = { request: 'none', ms: 0 }] = delays.toSorted((a, b) => b.ms - a.ms);
  return {
    goal: 'the event loop waits for the worst request of any route',
    wanted: `at most ${GOAL_MS} ms`,
    figure: `${worst.ms.toFixed(0)} ms (${worst.request})`,
    isReached: worst.ms <= GOAL_MS,
    otherLoad: others.share(),
    measured: { delays },
  };
}

async function fill(url: string, lists: number): Promise<string> {
  let text = '';
  for (let i = 0; i < lists; i++) {
    const response = await fetch(`${url}${INSTANCES}`, {
      method: 'POST',
      headers: HEADERS,
      body: NEW_LARGE_INSTANCES,
    });
    text = await response.text();
  }
  const id = idIn(text);
  if (id === undefined) throw new Error(`the create was answered with ${text.slice(0, 200)}`);
  return id;
}

async function routesOf(url: string): Promise<readonly (readonly [method: string, path: string])[]> {
  const document: unknown = await (await fetch(`${url}/api/openapi.json`)).json();
  const [, paths] = entriesOf(document).find(([name]) => name === 'paths') ?? [];
  return entriesOf(paths).flatMap(([path, methods]) =>
    entriesOf(methods)
      .filter(([method]) => /^(get|put|post|patch|delete)$/.test(method))
      .map(([method]) => [method.toUpperCase(), path] as const),
  );
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

type Requests = readonly (readonly [what: string, send: () => Promise<unknown>])[];

function requestsOf(url: string, method: string, path: string): Requests {
  const send = async (more: RequestInit, query = ''): Promise<void> => {
    const init = { method, headers: HEADERS, signal: AbortSignal.timeout(2000), ...more };
    try {
      await (await fetch(`${url}${path}${query}`, init)).arrayBuffer();
    } catch (error) {
      // A wait or a stream: only its start is measured.
      if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
    }
  };
  if (method === 'GET') {
    return [
      ['a page', () => send({}, '?limit=1000')],
      ['alone', () => send({})],
      ['a long query', () => send({}, `?name=${'x'.repeat(15_000)}`)],
      ['many parameters', () => send({}, `?${'a&'.repeat(7000)}`)],
    ];
  }
  return Object.entries(BODIES).map(([what, body]) => [what, () => send({ body })]);
}

/** Maximum event loop lag since the last call, in milliseconds, minus the 10 ms sampling interval. */
async function lagOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const seconds = /^nodejs_eventloop_lag_max_seconds\S* (\S+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error('the service does not say how its event loop is');
  return Math.max(0, Number(seconds) * 1000 - 10);
}
