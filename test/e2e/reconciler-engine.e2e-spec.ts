import { Logger } from '@nestjs/common';
import { newId } from '../../src/platform/values/uuid';
import { Database } from '../../src/platform/database';
import type { Observation } from '../../src/drivers';
import { startApp } from '../support/app';
import { eventually } from '../support/eventually';
import { TinyDriver } from '../support/tiny.driver';
import { TinyEngine } from '../support/tiny-engine';
import { expectProblem } from '../support/problem';
import { servedBy } from '../support/app';
import { newTenant } from '../support/use-app';
import { OPERATOR, useEngine } from '../support/use-engine';

const AN_ERROR: unknown = expect.any(Error);

const RUNNING: Observation = { presence: 'present', power: 'running' };

interface Capacity {
  readonly flavors: readonly {
    readonly name: string;
    readonly fits: Readonly<Record<string, number | null>>;
  }[];
  readonly drivers?: readonly {
    readonly name: string;
    readonly status: string;
    readonly detail: string;
    readonly total: Readonly<Record<string, number>>;
  }[];
}

describe('an unreachable engine', () => {
  const suite = useEngine();

  it('changes no instances, is reported, and is reconciled again after recovery', async () => {
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
    expect(flavors[0]).toMatchObject({ name: 'small', fits: { vm: 999_999, container: 999_999 } });

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

  it('changes nothing if the engine lists instances but cannot inspect one', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    const before = (await tenant.get(`/instances/${id}`)).text;
    suite.engine.machines.delete(id);
    await suite.engine.fail('error500', { path: new RegExp(`/machines/${id}`) });
    const warned = jest.spyOn(Logger.prototype, 'warn');

    await suite.round();

    expect(warned).toHaveBeenCalledWith(
      expect.objectContaining({ driver: 'tiny', instances: 1, err: AN_ERROR }),
      'failed to inspect instances',
    );
    warned.mockRestore();
    expect((await tenant.get(`/instances/${id}`)).text).toBe(before);
    expect(await suite.metrics()).toMatch(/compute_reconcile_total\{.*driver="tiny",outcome="partial".*\} 1/);
  });

  it('updates the engine capacity, but writes it only when it changes', async () => {
    const tenant = suite.app.as(newTenant());
    const xmin = async (): Promise<string> => {
      const text = "SELECT xmin::text FROM host_inventory WHERE host_id = 'tiny'";
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
        'Insufficient capacity: 4 vcpus requested, 3 of 3 in use, 0 free; try again when other instances are deleted',
    });
    suite.engine.capacity = { vcpus: 6, ramGB: 100, diskGB: -1, gpus: -1 };
    await suite.ask();
    expectProblem(await tenant.post('/instances', { name: 'web', flavor: 'large' }), {
      status: 409,
      code: 'insufficient_capacity',
      detail:
        'Insufficient capacity: 4 vcpus requested, 3 of 6 in use, 3 free; use one of small, medium, or try again when other instances are deleted',
    });
  });
});

describe('an engine', () => {
  const suite = useEngine();

  it('is compared once at a time', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createRunning();
    suite.engine.machines.delete(id);
    const path = `/machines/${id}`;
    await suite.engine.fail('hang', { method: 'GET', path: new RegExp(`${path}$`), times: 1 });
    const requests = (to: string): number =>
      suite.engine.received.filter((request) => request.method === 'GET' && request.path === to).length;
    const lists = requests('/machines');
    const first = suite.round();
    await eventually(() => expect(requests(path)).toBe(1));
    const second = suite.round();
    await tenant.createRunning();
    expect(requests('/machines')).toBe(lists + 1);

    await suite.engine.heal();
    await Promise.all([first, second]);

    expect(requests('/machines')).toBe(lists + 2);
    expect((await tenant.get<{ status: string }>(`/instances/${id}`)).body.status).toBe('error');
  });
});

describe('orphans', () => {
  const suite = useEngine({ ORPHAN_GRACE_SECONDS: '1' });

  it('are shown to operators and removed after the grace period', async () => {
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

  it('are forgotten once the engine no longer has them', async () => {
    const stray = newId();
    suite.engine.put(stray, RUNNING);
    await suite.round();
    expect(await suite.orphans()).toMatchObject([{ instanceId: stray }]);
    suite.engine.machines.delete(stray);
    await suite.round();
    expect(await suite.orphans()).toEqual([]);
  });

  it('do not include just deleted instances or IDs in different case', async () => {
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

  it('are hidden from tenants', async () => {
    expectProblem(await suite.app.as(newTenant()).get('/orphans'), {
      status: 401,
      code: 'token_required',
    });
  });
});

describe('orphans with removal disabled', () => {
  const suite = useEngine({ ORPHAN_GRACE_SECONDS: '-1' });

  it('are kept', async () => {
    const stray = newId();
    suite.engine.put(stray, RUNNING);
    await suite.round();
    await suite.round();
    expect(await suite.orphans()).toMatchObject([{ instanceId: stray, removedAfter: null }]);
    expect(suite.engine.machines.has(stray)).toBe(true);
  });
});

describe('an engine that hangs on list requests', () => {
  it('delays neither startup nor shutdown', async () => {
    const engine = await TinyEngine.start();
    await engine.fail('hang', { path: /machines/ });
    const app = await startApp({ engines: () => servedBy(new TinyDriver(engine.url)) });
    await eventually(() => {
      expect(engine.received.at(-1)?.path).toBe('/machines');
    });
    const from = performance.now();
    await app.close();
    // Far less than the timeout of an engine call.
    expect(performance.now() - from).toBeLessThan(10_000);
    await engine.stop();
  });
});
