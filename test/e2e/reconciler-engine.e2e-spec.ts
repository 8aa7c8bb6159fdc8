import { newId } from '../../src/common/uuid';
import { Database } from '../../src/database';
import type { Observation } from '../../src/drivers';
import { Reconciler } from '../../src/reconciler';
import { CapacityKeeper } from '../../src/quotas/capacity-keeper';
import { startApp } from '../support/app';
import { eventually } from '../support/eventually';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import { expectProblem } from '../support/problem';
import { servedBy } from '../support/app';
import { newTenant, useApp, type SuiteApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
const RUNNING: Observation = { presence: 'present', power: 'running' };

interface Capacity {
  readonly flavors: readonly { readonly name: string; readonly fits: number | null }[];
  readonly drivers?: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
    readonly total: Readonly<Record<string, number>>;
  }[];
}

interface Orphan {
  readonly driver: string;
  readonly instanceId: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly removedAfter: number | null;
}

/** Rounds come when a test wants one. */
function useEngine(environment: Readonly<Record<string, string>> = {}): {
  readonly engine: TinyEngine;
  readonly app: SuiteApp;
  readonly round: () => Promise<void>;
  readonly ask: () => Promise<void>;
  readonly orphans: () => Promise<readonly Orphan[]>;
  readonly metrics: () => Promise<string>;
} {
  let engine: TinyEngine | undefined;
  const running = (): TinyEngine => {
    if (!engine) throw new Error('the engine does not run yet');
    return engine;
  };
  beforeAll(async () => {
    engine = await TinyEngine.start();
  });
  afterAll(() => running().stop());
  afterEach(() => running().heal());
  const app = useApp({
    environment: { RECONCILE_SECONDS: '3600', OPERATOR_TOKEN: 'the-token-of-operators', ...environment },
    engines: () => servedBy(new TinyDriver(running().url)),
  });
  const { signal } = new AbortController();
  return {
    get engine() {
      return running();
    },
    app,
    round: () => app.running.app.get(Reconciler).round(signal),
    ask: () => app.running.app.get(CapacityKeeper).round(signal),
    orphans: async () => {
      const { status, body } = await app
        .as('nobody')
        .get<{ orphans: readonly Orphan[] }>('/orphans', OPERATOR);
      expect(status).toBe(200);
      return body.orphans;
    },
    metrics: async () => (await app.as('nobody').request('/metrics')).text,
  };
}

describe('an engine that cannot be reached', () => {
  const suite = useEngine();

  it('changes nothing, is told of, and goes on when it is there again', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    const before = (await tenant.get(`/instances/${id}`)).text;
    await suite.engine.fail('refuse');

    await suite.round();
    await suite.ask();

    expect((await tenant.get(`/instances/${id}`)).text).toBe(before);
    expect(await suite.metrics()).toMatch(
      /compute_reconcile_total\{.*driver="tiny",outcome="unreachable".*\} 1/,
    );
    const ready = await tenant.request<{ status: string; checks: Record<string, unknown> }>('/health/ready');
    expect(ready).toMatchObject({ status: 200, body: { status: 'degraded' } });
    expect(ready.body.checks['driver:tiny']).toMatchObject({ status: 'down' });
    const down = (await tenant.get<Capacity>('/capacity', OPERATOR)).body;
    expect(down.drivers).toMatchObject([{ name: 'tiny', status: 'down', total: { vcpus: 1_000_000 } }]);
    expect(down.drivers?.[0]?.detail).toContain('cannot be reached');
    const { flavors } = (await tenant.get<Capacity>('/capacity')).body;
    expect(flavors[0]).toMatchObject({ name: 'small', fits: 999_999 });

    await suite.engine.heal();
    suite.engine.machines.delete(id);
    await suite.round();
    await suite.ask();

    expect((await tenant.get<{ status: string }>(`/instances/${id}`)).body.status).toBe('error');
    const up = (await tenant.get<Capacity>('/capacity', OPERATOR)).body;
    expect(up.drivers).toMatchObject([{ name: 'tiny', status: 'up', detail: 'tiny 1' }]);
    expect(await suite.metrics()).toMatch(
      /compute_reconciled_instances_total\{.*driver="tiny",to="error".*\} 1/,
    );
    await tenant.delete(`/instances/${id}`);
  });

  it('changes nothing where it lists but does not tell of one', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    const before = (await tenant.get(`/instances/${id}`)).text;
    suite.engine.machines.delete(id);
    await suite.engine.fail('error500', { path: new RegExp(`/machines/${id}`) });

    await suite.round();

    expect((await tenant.get(`/instances/${id}`)).text).toBe(before);
    expect(await suite.metrics()).toMatch(/compute_reconcile_total\{.*driver="tiny",outcome="partial".*\} 1/);
  });

  it('follows what the engine has room for, and writes it only where it is other', async () => {
    const tenant = suite.app.as(newTenant());
    const xmin = async (): Promise<string> => {
      const text = "SELECT xmin::text FROM capacities WHERE driver = 'tiny'";
      const database = suite.app.running.app.get(Database);
      return (await database.one<{ xmin: string }>({ name: '', text, values: [] })).xmin;
    };
    const before = await xmin();
    await suite.ask();
    expect(await xmin()).toBe(before);
    suite.engine.capacity = { vcpus: 3, ramGB: 100, diskGB: -1, gpus: -1 };

    await suite.ask();

    expect(await xmin()).not.toBe(before);
    await tenant.create({ flavor: 'medium' });
    expectProblem(await tenant.post('/instances', { name: 'web', flavor: 'large' }), {
      status: 409,
      code: 'insufficient_capacity',
      detail:
        'Insufficient capacity: 4 vcpus asked for, 3 of 3 in use, 0 free; try again when others have gone',
    });
    suite.engine.capacity = { vcpus: 6, ramGB: 100, diskGB: -1, gpus: -1 };
    await suite.ask();
    expectProblem(await tenant.post('/instances', { name: 'web', flavor: 'large' }), {
      status: 409,
      code: 'insufficient_capacity',
      detail:
        'Insufficient capacity: 4 vcpus asked for, 3 of 6 in use, 3 free; take one of small, medium, or try again when others have gone',
    });
  });
});

describe('an engine that is away for longer than operations are tried', () => {
  const suite = useEngine({ OPERATION_MAX_ATTEMPTS: '2', WORKER_POLL_MS: '50' });

  it.each(['start', 'restart'])(
    'gives back what stopped there, and it can be started: %s',
    async (action) => {
      const tenant = suite.app.as(newTenant());
      const { id } = await tenant.createStopped();
      const machine = new RegExp(`/machines/${id}`);
      await suite.engine.fail('error500', { path: machine });
      await tenant.post(`/instances/${id}/${action}`, undefined, { Prefer: 'wait=0' });
      await tenant.reaches(id, 'error', { withinMs: 20_000 });
      await suite.round();
      expect((await tenant.get<{ status: string }>(`/instances/${id}`)).body.status).toBe('error');

      await suite.engine.heal();
      await suite.round();

      const { body } = await tenant.get<{ status: string; statusReason: string }>(`/instances/${id}`);
      expect(body).toMatchObject({
        status: 'stopped',
        statusReason: `${action} failed: the tiny engine answers 500`,
      });
      const started = await tenant.post<{ status: string }>(`/instances/${id}/start`);
      expect([started.status, started.body.status]).toEqual([200, 'running']);
    },
  );

  it('keeps a delete waiting until it is back', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createStopped();
    await suite.engine.fail('error500', { method: 'DELETE' });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(202);
    await eventually(
      async () => {
        expect((await tenant.operationsOf(id))[0]).toMatchObject({ type: 'delete', attempts: 3 });
      },
      { withinMs: 20_000 },
    );
    expect((await tenant.get<{ statusReason: string }>(`/instances/${id}`)).body.statusReason).toMatch(
      /^delete is tried again in \d+ s, attempt \d+ failed: the tiny engine answers 500$/,
    );

    await suite.engine.heal();

    await tenant.isGone(id, { withinMs: 20_000 });
    expect(suite.engine.machines.has(id)).toBe(false);
  });

  it('leaves stopped what could not be restarted by an engine that says how it is', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createStopped();
    await suite.engine.fail('error500', { method: 'PUT' });
    await tenant.post(`/instances/${id}/restart`);
    await eventually(async () => {
      const { body } = await tenant.get(`/instances/${id}`);
      expect(body).toMatchObject({
        status: 'stopped',
        statusReason: 'restart failed: the tiny engine answers 500',
      });
    });
  });
});

describe('what an engine holds for nobody', () => {
  const suite = useEngine({ ORPHAN_GRACE_SECONDS: '1' });

  it('is shown to operators, and removed when it was there for long enough', async () => {
    const tenant = suite.app.as(newTenant());
    const { id: owned } = await tenant.createRunning();
    const [stray, odd] = [newId(), 'no-uuid; DROP TABLE instances'];
    suite.engine.put(stray, RUNNING, 'tenant-gone');
    suite.engine.put(odd, RUNNING);

    await suite.round();

    const seen = await suite.orphans();
    expect(seen.map(({ instanceId }) => instanceId).toSorted()).toEqual([stray, odd].toSorted());
    const [first] = seen;
    expect(first).toMatchObject({ driver: 'tiny', removedAfter: (first?.firstSeenAt ?? 0) + 1 });
    expect(seen.find(({ instanceId }) => instanceId === stray)).toMatchObject({ tenantId: 'tenant-gone' });
    expect(await suite.metrics()).toMatch(/compute_orphans\{.*driver="tiny".*\} 2/);
    expect([...suite.engine.machines.keys()]).toEqual(expect.arrayContaining([stray, odd]));

    await suite.app.running.app.get(Database).query({
      name: '',
      text: "UPDATE orphans SET first_seen_at = now() - interval '2 seconds'",
      values: [],
    });
    await suite.engine.fail('error500', { method: 'DELETE', times: 2 });
    await suite.round();
    expect(await suite.orphans()).toHaveLength(2);

    await suite.round();
    expect([...suite.engine.machines.keys()]).toEqual([owned]);
    expect(await suite.orphans()).toEqual([]);
    expect(await suite.metrics()).toMatch(/compute_orphans\{.*driver="tiny".*\} 0/);
  });

  it('is forgotten when it goes by itself', async () => {
    const stray = newId();
    suite.engine.put(stray, RUNNING);
    await suite.round();
    expect(await suite.orphans()).toMatchObject([{ instanceId: stray }]);
    suite.engine.machines.delete(stray);
    await suite.round();
    expect(await suite.orphans()).toEqual([]);
  });

  it('is none where it was deleted while the list was made, or its id is written otherwise', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createStopped();
    await tenant.delete(`/instances/${id}`);
    suite.engine.put(id, RUNNING);
    const { id: other } = await tenant.createRunning();
    suite.engine.machines.delete(other);
    suite.engine.put(other.toUpperCase(), RUNNING);

    await suite.round();

    expect(await suite.orphans()).toEqual([]);
    suite.engine.machines.clear();
  });

  it('is shown to no tenant', async () => {
    expectProblem(await suite.app.as(newTenant()).get('/orphans'), {
      status: 401,
      code: 'token_required',
    });
  });
});

describe('what an engine holds for nobody, where it is to stay', () => {
  const suite = useEngine({ ORPHAN_GRACE_SECONDS: '-1' });

  it('stays', async () => {
    const stray = newId();
    suite.engine.put(stray, RUNNING);
    await suite.round();
    await suite.round();
    expect(await suite.orphans()).toMatchObject([{ instanceId: stray, removedAfter: null }]);
    expect(suite.engine.machines.has(stray)).toBe(true);
  });
});

describe('an engine that does not answer when it is asked what it holds', () => {
  it('holds up neither the start nor the end', async () => {
    const engine = await TinyEngine.start();
    await engine.fail('hang', { path: /machines/ });
    const app = await startApp({ engines: () => servedBy(new TinyDriver(engine.url)) });
    await eventually(() => {
      expect(engine.received.at(-1)?.path).toBe('/machines');
    });
    const from = performance.now();
    await app.close();
    // Far less than the engine has for its answer.
    expect(performance.now() - from).toBeLessThan(10_000);
    await engine.stop();
  });
});
