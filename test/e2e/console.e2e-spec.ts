import { Clock } from '../../src/platform/async/clock';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';
import { DriverError, type ComputeDriver, type Observation } from '../../src/drivers';
import { startApp } from '../support/app';
import { Client } from '../support/client';
import { ConsoleReader, followed } from '../support/console-reader';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { servedBy } from '../support/app';
import { newTenant, useApp } from '../support/use-app';

const UNKNOWN = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';
const BOOTED = ['simulated: web starts', 'simulated: web booted'];

interface Lines {
  readonly lines: readonly string[];
}

describe('the console of an instance', () => {
  const app = useApp({ environment: { EVENT_HEARTBEAT_SECONDS: '1' } });
  let tenant: Client;
  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  it('returns the last lines, oldest first', async () => {
    const { id } = await tenant.createRunning();
    const { body, headers } = await tenant.get<Lines>(`/instances/${id}/console`);
    expect(body).toEqual({ lines: BOOTED });
    expect(headers.get('content-type')).toMatch(/^application\/json/);
    expect((await tenant.get<Lines>(`/instances/${id}/console?lines=1`)).body.lines).toEqual([BOOTED[1]]);
    await tenant.post(`/instances/${id}/stop`);
    expect((await tenant.get<Lines>(`/instances/${id.toUpperCase()}/console`)).body.lines).toHaveLength(3);
  });

  it('is empty while the instance is being created', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': '3600000' } });
    expect(await tenant.get(`/instances/${id}/console`)).toMatchObject({ status: 200, body: { lines: [] } });
    await tenant.delete(`/instances/${id}`);
  });

  it('refuses invalid queries, unknown instances and other tenants', async () => {
    const { id } = await tenant.createRunning();
    for (const query of ['lines=0', 'lines=1001', 'lines=1.5', 'lines=x', 'lines=', 'follow=yes', 'tail=1']) {
      expectProblem(await tenant.get(`/instances/${id}/console?${query}`), {
        status: 400,
        code: 'validation_failed',
      });
    }
    for (const path of ['console', 'console?follow', 'stats']) {
      for (const unknown of [UNKNOWN, 'not-an-id']) {
        expectProblem(await tenant.get(`/instances/${unknown}/${path}`), {
          status: 404,
          code: 'instance_not_found',
        });
      }
      expectProblem(await app.as('foreign').get(`/instances/${id}/${path}`), {
        status: 403,
        code: 'access_denied',
      });
    }
  });

  it('reports engine errors', async () => {
    for (const [metadata, code, detail, status, retryAfter] of [
      [
        { 'simulate.consoleRetryableError': 'the host is busy' },
        'engine_unavailable',
        'The engine simulated is unavailable (the host is busy); try again',
        503,
        '5',
      ],
      [{ 'simulate.consoleError': 'no log' }, 'engine_refused', 'console failed: no log', 409, null],
    ] as const) {
      const { id } = await tenant.createRunning({ metadata });
      for (const query of ['', '?follow=true']) {
        const answer = await tenant.get(`/instances/${id}/console${query}`);
        expectProblem(answer, { status, code, detail });
        expect(answer.headers.get('retry-after')).toBe(retryAfter);
      }
    }
  });

  it('accepts its query in the X-Query header', async () => {
    const { id } = await tenant.createRunning();
    const { body } = await tenant.get<Lines>(`/instances/${id}/console`, { 'X-Query': 'lines=1' });
    expect(body.lines).toEqual([BOOTED[1]]);
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console`, { 'X-Query': 'follow' });
    await eventually(() => expect(reader.lines).toEqual(BOOTED));
    await reader.close();
  });

  it.each([
    ['?follow=true&lines=1', {}],
    ['?follow&lines=1', {}],
    ['?lines=1', { Accept: 'text/event-stream' }],
  ])('is followed with %s %j until the guest ends', async (query, headers) => {
    const { id } = await tenant.createStopped();
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console${query}`, headers);
    await reader.ended;
    expect(reader.response.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(reader.events).toEqual(['line', 'end']);
    expect(reader.lines).toEqual(['simulated: web stopped']);
  });

  it.each([
    ['stopped', (id: string) => tenant.post(`/instances/${id}/stop`)],
    ['deleted', (id: string) => tenant.delete(`/instances/${id}?force=true`)],
  ])('ends for followers when the instance is %s', async (_, end) => {
    const { id } = await tenant.createRunning();
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console?follow=true`);
    await eventually(() => expect(reader.lines).toEqual(BOOTED));
    await end(id);
    await reader.ended;
    expect(reader.events).toEqual(['line', 'line', 'end']);
  });

  it('does not stream for HEAD or follow=false', async () => {
    const { id } = await tenant.createRunning();
    const path = `/instances/${id}/console?follow=true`;
    expect(await tenant.send('HEAD', path)).toMatchObject({ status: 200, text: '' });
    const headers = { Accept: 'text/event-stream' };
    expect((await tenant.get(`/instances/${id}/console?follow=false`, headers)).body).toEqual({
      lines: BOOTED,
    });
    expect(await followed(app)).toBe(0);
  });

  it('limits the followers per tenant and sends heartbeats', async () => {
    const { id } = await tenant.createRunning();
    const readers = await Promise.all(
      Array.from({ length: 32 }, () => ConsoleReader.connect(tenant, `/instances/${id}/console?follow=true`)),
    );
    expect(await followed(app)).toBe(32);
    expectProblem(await tenant.get(`/instances/${id}/console?follow=true`), {
      status: 503,
      code: 'too_many_streams',
    });
    const other = app.as(newTenant());
    const { id: theirs } = await other.createRunning();
    const reader = await ConsoleReader.connect(other, `/instances/${theirs}/console?follow=true`);
    await eventually(() => expect(reader.comments).toBeGreaterThan(0));
    await Promise.all([...readers, reader].map((one) => one.close()));
    await eventually(async () => expect(await followed(app)).toBe(0));
  });

  it('ends for followers when the replica shuts down', async () => {
    const replica = await startApp();
    const client = new Client(replica.url, newTenant());
    const { id } = await client.createRunning();
    const reader = await ConsoleReader.connect(client, `/instances/${id}/console?follow=true`);
    await eventually(() => expect(reader.lines).toEqual(BOOTED));
    await replica.close();
    await reader.ended;
    expect(reader.events).toEqual(['line', 'line']);
  });

  describe('resource usage', () => {
    it('is returned while the instance runs', async () => {
      const { id } = await tenant.createRunning();
      const { status, body } = await tenant.get<{ at: number }>(`/instances/${id}/stats`);
      const { at, ...use } = body;
      expect(status).toBe(200);
      expect(Math.abs(at - Date.now() / 1000)).toBeLessThan(60);
      expect(use).toEqual({
        cpu: { percent: 5, totalSeconds: 10 },
        memory: { usedBytes: 268_435_456, limitBytes: 1_073_741_824 },
        disk: { readBytes: 1_073_741_824, writtenBytes: 536_870_912, usedBytes: 1_342_177_280 },
        network: { receivedBytes: 1_000_000, sentBytes: 500_000 },
      });
    });

    it('is refused while the instance is stopped', async () => {
      const { id } = await tenant.createStopped();
      const problem = expectProblem(await tenant.get(`/instances/${id}/stats`), {
        status: 400,
        code: 'instance_not_running',
        detail: 'Instance is not running',
      });
      expect(problem).toMatchObject({ currentStatus: 'stopped', acceptedStatuses: ['running', 'paused'] });
    });

    it('is unavailable while the engine is unavailable', async () => {
      const metadata = { 'simulate.statsRetryableError': 'the host is busy' };
      const { id } = await tenant.createRunning({ metadata });
      expectProblem(await tenant.get(`/instances/${id}/stats`), {
        status: 503,
        code: 'engine_unavailable',
      });
    });
  });
});

describe('an engine without console and stats', () => {
  const engine = new SimulatedDriver(
    {
      provisionDelayMs: 0,
      restartDelayMs: 0,
      capacity: { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 },
    },
    new Clock(),
  );
  const driver: ComputeDriver = {
    kind: 'silent',
    capabilities: engine.capabilities,
    abilities: {},
    fingerprint: () => engine.fingerprint(),
    create: (call) => engine.create(call),
    start: (call) => engine.start(call),
    stop: (call) => engine.stop(call),
    destroy: (call) => engine.destroy(call),
    inspect: (call) => engine.inspect(call),
  };
  const app = useApp({ engines: () => servedBy(driver) });

  it('is named in the refusal', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    for (const query of ['', '?follow=true']) {
      expectProblem(await tenant.get(`/instances/${id}/console${query}`), {
        status: 400,
        code: 'console_unsupported',
        detail: 'The driver silent does not store console output',
      });
    }
    expectProblem(await tenant.get(`/instances/${id}/stats`), {
      status: 400,
      code: 'stats_unsupported',
      detail: 'The driver silent does not measure its instances',
    });
  });
});

describe('an engine whose machines have just ended', () => {
  /** The observed state of every instance, regardless of its stored status. */
  let observation: Observation = { presence: 'absent' };
  class Ending extends SimulatedDriver {
    override inspect() {
      return Promise.resolve(observation);
    }
    override tail() {
      return Promise.reject(new DriverError('there is none', { retryable: false }));
    }
    override usage() {
      return Promise.reject(new DriverError('not running', { retryable: false }));
    }
  }
  const capacity = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };
  const app = useApp({
    engines: () => servedBy(new Ending({ provisionDelayMs: 0, restartDelayMs: 0, capacity }, new Clock())),
  });

  it('has an empty console if the machine is gone', async () => {
    observation = { presence: 'absent' };
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    expect((await tenant.get(`/instances/${id}/console`)).body).toEqual({ lines: [] });
    const reader = await ConsoleReader.connect(tenant, `/instances/${id}/console?follow=true`);
    await reader.ended;
    expect([reader.response.statusCode, reader.events]).toEqual([200, ['end']]);
  });

  it.each([
    ['stopped', { presence: 'present', power: 'stopped' }],
    ['error', { presence: 'absent' }],
  ] as const)('refuses stats and reports the status %s', async (currentStatus, said) => {
    observation = said;
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const answer = await tenant.get(`/instances/${id}/stats`);
    expect(expectProblem(answer, { status: 400, code: 'instance_not_running' })).toMatchObject({
      currentStatus,
    });
  });

  it('reports an engine error if stats of a running machine fail', async () => {
    observation = { presence: 'present', power: 'running' };
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    expectProblem(await tenant.get(`/instances/${id}/stats`), {
      status: 409,
      code: 'engine_refused',
      detail: 'stats failed: not running',
    });
  });
});
