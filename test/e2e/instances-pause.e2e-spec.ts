import type { Stats } from '../../src/compute/instances/stats/stats.service';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';
import { useEngine } from '../support/use-engine';

const DRY = { Prefer: 'dry-run' };

describe('a paused instance', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const call = async (id: string, action: string): Promise<Instance> => {
    const { status, body } = await tenant.post<Instance>(`/instances/${id}/${action}`);
    expect(status).toBe(200);
    return body;
  };

  it('is resumed or stopped, with a history of each step', async () => {
    const { id } = await tenant.createRunning();
    expect((await call(id, 'pause')).status).toBe('paused');
    expect((await call(id, 'resume')).status).toBe('running');
    expect((await call(id, 'pause')).status).toBe('paused');
    expect((await call(id, 'stop')).status).toBe('stopped');
    const { body } = await tenant.get<{ events: readonly object[] }>(`/instances/${id}/events`);
    expect(body.events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'pause.succeeded', from: 'running', to: 'paused' }),
        expect.objectContaining({ type: 'resume.succeeded', from: 'paused', to: 'running' }),
        expect.objectContaining({ type: 'stop.succeeded', from: 'paused', to: 'stopped' }),
      ]),
    );
  });

  it('is found by its status, waited for, measured and counted', async () => {
    const waited = await tenant.createRunning();
    const waiting = tenant.get<Instance>(`/instances/${waited.id}/wait?status=paused&timeoutSeconds=20`);
    const { id } = await call(waited.id, 'pause');
    expect((await waiting).body.status).toBe('paused');
    const list = await tenant.get<{ instances: readonly Instance[] }>('/instances?status=paused');
    expect(list.body.instances.map((each) => each.id)).toEqual([id]);
    expect((await tenant.get<Stats>(`/instances/${id}/stats`)).body.cpu.percent).toBe(0);
    expect((await tenant.get<Instance>(`/instances/${id}/wait?status=settled`)).status).toBe(200);
    expect((await tenant.request('/metrics')).text).toMatch(/^compute_instances\{.*status="paused".*\} 1$/m);
  });

  it('is deleted only with force, like a running one', async () => {
    const { id } = await tenant.createPaused();
    expectProblem(await tenant.delete(`/instances/${id}`), { status: 400, code: 'instance_running' });
    expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
  });

  it('keeps the status that the engine reports if it cannot be resumed', async () => {
    const { id } = await tenant.createPaused({ metadata: { 'simulate.resumeError': 'the host is full' } });
    const answer = await tenant.post(`/instances/${id}/resume`);
    expectProblem(answer, { status: 503, code: 'engine_failed', detail: 'resume failed: the host is full' });
    expect(await tenant.details(id)).toMatchObject({
      status: 'paused',
      statusReason: 'resume failed: the host is full',
    });
  });

  it('is paused by an operation that a forced delete cancels', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.pauseDelayMs': '3600000' } });
    const pausing = tenant.post(`/instances/${id}/pause`, null, { Prefer: 'wait=30' });
    await tenant.reachesOperation(id, 'pause', 'running');
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 409, code: 'instance_busy' });
    expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
    expectProblem(await pausing, { status: 409, code: 'operation_superseded' });
  });

  it('lists what its engine can do', async () => {
    const { id } = await tenant.createPaused();
    expect((await tenant.details(id)).abilities).toEqual([
      ...[
        'consoleLog',
        'stats',
        'pause',
        'reboot',
        'resize',
        'rebuild',
        'serial',
        'vnc',
        'exec',
        'terminal',
        'snapshots',
        'snapshotMemory',
        'readiness',
      ],
    ]);
  });
});

describe('an engine without the ability', () => {
  const suite = useEngine();

  it('refuses to pause and to resume in every status, without a change, also in a dry run', async () => {
    const tenant = suite.app.as(newTenant());
    const running = await tenant.createRunning();
    const stopped = await tenant.createStopped();
    for (const before of [running, stopped]) {
      for (const action of ['pause', 'resume']) {
        for (const headers of [{}, DRY, { 'Idempotency-Key': `${action} ${before.id}` }]) {
          const answer = await tenant.post(`/instances/${before.id}/${action}`, null, headers);
          const detail = `The engine tiny cannot ${action} instances`;
          expectProblem(answer, { status: 409, code: 'not_supported_by_engine', detail });
        }
      }
      expect(await tenant.details(before.id)).toEqual({
        ...before,
        abilities: [],
        activity: null,
        hasSnapshotSchedule: false,
      });
      const types = (await tenant.operationsOf(before.id)).map(({ type }) => type);
      expect(types).not.toContain('pause');
    }
  });

  it('may still report a pause, which moves its instance until it runs or ends', async () => {
    const tenant = suite.app.as(newTenant());
    const { id, version } = await tenant.createRunning();
    const reported = async (power: 'running' | 'paused'): Promise<Instance> => {
      suite.engine.put(id, { presence: 'present', power });
      await suite.round();
      return tenant.reaches(id, power);
    };
    expect(await reported('paused')).toMatchObject({ statusReason: null, version: version + 1 });
    expect((await reported('running')).version).toBe(version + 2);
    await reported('paused');
    suite.engine.put(id, { presence: 'present', power: 'stopped', reason: 'killed by signal 9' });
    await suite.round();
    expect((await tenant.reaches(id, 'stopped')).statusReason).toBe('killed by signal 9');
    const { body } = await tenant.get<{ events: readonly { type: string }[] }>(`/instances/${id}/events`);
    expect(body.events.map(({ type }) => type).slice(-4)).toEqual([
      'observed.paused',
      'observed.running',
      'observed.paused',
      'observed.stopped',
    ]);
  });
});
