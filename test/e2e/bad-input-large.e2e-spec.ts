import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { readDocument, routesOf, type DocumentedRoute } from '../support/openapi';
import { expectProblem } from '../support/problem';
import { ServiceProcess } from '../support/service';

const MOST_CPU_MS = 50;
const TRIES = 5;
/** Allowed multiple of the cost of a plain text of the same size; bodies of too many values cost over 10 times that. */
const MOST_CONTROLS = 4;
/** Close to the body size limit. */
const SIZE = 1_500_000;

function wide(name: (index: number) => string): Record<string, number> {
  const members: Record<string, number> = {};
  for (let index = 0, size = 0; size < SIZE; index++) {
    members[name(index)] = 1;
    size += name(index).length + 5;
  }
  return members;
}

const list = (item: unknown): unknown[] =>
  Array<unknown>(Math.floor(SIZE / (JSON.stringify(item).length + 1))).fill(item);
const VALID = { name: 'a', flavor: 'small', type: 'container' };
const unknown = wide((index) => `m${index}`);

/** Bodies with too many values or with long texts, by description. */
const BODIES: Readonly<Record<string, string>> = {
  'unknown members': JSON.stringify({ ...VALID, ...unknown }),
  metadata: JSON.stringify({ ...VALID, metadata: unknown }),
  'an environment': JSON.stringify({ ...VALID, container: { env: unknown } }),
  ports: JSON.stringify({ ...VALID, container: { ports: list({ port: 80 }) } }),
  'SSH keys': JSON.stringify({ ...VALID, sshKeys: list('k') }),
  'equal ids': JSON.stringify({ ...VALID, volumeIds: list('v') }),
  'different ids': JSON.stringify({ ...VALID, volumeIds: Object.keys(unknown) }),
  'empty objects': JSON.stringify({ ...VALID, createNetwork: list({}) }),
  'nested objects': '{"a":'.repeat(SIZE / 6) + '1' + '}'.repeat(SIZE / 6),
  'nested lists': '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
  'a long name': JSON.stringify({ ...VALID, name: 'x'.repeat(SIZE) }),
  'a long text of two-byte characters': JSON.stringify({ ...VALID, userData: 'ü'.repeat(SIZE / 2) }),
  'a long text of escapes': `{"name":"${String.raw`\u0041`.repeat(SIZE / 6)}"}`,
  'a long member name': JSON.stringify({ ...VALID, ['n'.repeat(SIZE)]: 1 }),
  'quotation marks': `"${String.raw`\"`.repeat(SIZE / 2)}"`,
  backslashes: `"${String.raw`\\`.repeat(SIZE / 2)}"`,
  'as many values as are read': JSON.stringify({
    ...VALID,
    metadata: wide((index) => `x${index}`.padEnd(1600)),
  }),
};

const PLAIN = Buffer.from(`"${'x'.repeat(SIZE)}"`);

describe('large input', () => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let tenant: Client;
  let instance: Instance;
  let routes: readonly DocumentedRoute[];

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await ServiceProcess.start({ ...database.environment, PROVISION_DELAY_MS: '0' });
    tenant = new Client(service.url, 'tenant-a');
    instance = await tenant.createRunning();
    routes = routesOf(await readDocument(service.url)).filter(({ method }) => method !== 'GET');
  });
  afterAll(async () => {
    await service.stop();
    await database.remove();
  });

  /** CPU time of the service's main thread per call, averaged; excludes other processes. */
  async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
    const before = mainThreadMs(service.pid);
    for (let i = 0; i < TRIES; i++) await work();
    return (mainThreadMs(service.pid) - before) / TRIES;
  }

  /** If the call is slow, also measures a plain body: on shared CPUs, everything takes longer. */
  async function costOf(
    work: () => Promise<unknown>,
    control: () => Promise<unknown>,
  ): Promise<{ readonly isQuick: boolean; readonly ms: number; readonly controlMs?: number }> {
    const ms = await cpuMsOf(work);
    if (ms <= MOST_CPU_MS) return { isQuick: true, ms };
    const [controlMs, againMs] = [await cpuMsOf(control), await cpuMsOf(work)];
    return { isQuick: againMs <= Math.max(MOST_CPU_MS, MOST_CONTROLS * controlMs), ms: againMs, controlMs };
  }

  it.each(Object.keys(BODIES))('is refused quickly by every writing route: %s', async (what) => {
    const body = Buffer.from(BODIES[what] ?? '');
    for (const route of routes) {
      const path = route.path
        .replace('/api/v1/compute', '')
        .replaceAll(/\{\w+\}/g, (name) => (name === '{id}' ? instance.id : 'x'));
      const send = (sent = body) =>
        tenant.request(path, {
          method: route.method,
          headers: {
            'Content-Type': 'application/json',
            'Idempotency-Key': `large-${routes.indexOf(route)}-${what.length}`,
          },
          body: sent,
        });
      const { status } = await send();
      expect({ route: `${route.method} ${path}`, status: status >= 400 && status < 500 }).toEqual({
        route: `${route.method} ${path}`,
        status: true,
      });
      const cost = await costOf(send, () => send(PLAIN));
      expect({ route: `${route.method} ${path}`, ...cost }).toMatchObject({ isQuick: true });
    }
  });

  it('names the limit', async () => {
    const answer = await tenant.post('/instances', { ...VALID, metadata: unknown });
    expectProblem(answer, { status: 400, code: 'validation_failed' });
    expect(answer.body).toMatchObject({
      errors: [{ field: 'body', message: 'the body must have at most 1000 members and items' }],
    });
  });

  it.each(['a&', 'status=running&', 'metadata.a=b&'])(
    'is refused quickly in a query with many parameters: %s',
    async (parameter) => {
      const query = parameter.repeat(15_000 / parameter.length);
      const send = () => tenant.get(`/instances?${query}`);
      expect((await send()).status).toBe(400);
      expect(
        await costOf(send, () => tenant.get(`/instances?name=${'x'.repeat(query.length)}`)),
      ).toMatchObject({
        isQuick: true,
      });
    },
  );
});

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** CPU time of a process's main thread, with a resolution of 10 ms. */
function mainThreadMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user + system) * 1000) / ticksPerSecond;
}
