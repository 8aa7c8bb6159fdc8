import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';
import { useEngine } from '../support/use-engine';

const DRY = { Prefer: 'dry-run' };

describe('reboot', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const reboot = <T = Instance>(id: string, request?: object, headers = {}): Promise<ApiResponse<T>> =>
    tenant.post<T>(`/instances/${id}/reboot`, request ?? null, headers);
  const consoleOf = async (id: string): Promise<string> =>
    (await tenant.get<{ lines: readonly string[] }>(`/instances/${id}/console`)).body.lines.join('\n');

  it.each([[undefined], [{}], [{ type: 'soft' }], [{ type: 'hard' }]])(
    'starts a running instance again: %j',
    async (request) => {
      const { id, version } = await tenant.createRunning();
      const { status, body } = await reboot(id, request);
      expect([status, body.status, body.version]).toEqual([200, 'running', version + 2]);
      expect(await consoleOf(id)).toMatch(/booted[^]*reboots[^]*booted/);
      const { body: history } = await tenant.get<{ events: readonly object[] }>(`/instances/${id}/events`);
      expect(history.events).toContainEqual(
        expect.objectContaining({ type: 'reboot.succeeded', from: 'running', to: 'running' }),
      );
    },
  );

  it('happens once for each idempotency key, and not in a dry run', async () => {
    const { id } = await tenant.createRunning();
    const dry = await reboot(id, {}, DRY);
    expect(dry.body).toMatchObject({ dryRun: true, action: 'reboot', becomes: 'running' });
    const keyed = { 'Idempotency-Key': `reboot ${id}` };
    const answers = [await reboot(id, {}, keyed), await reboot(id, {}, keyed)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const types = (await tenant.operationsOf(id)).map(({ type }) => type);
    expect(types.filter((type) => type === 'reboot')).toHaveLength(1);
  });

  it('is cancelled by a forced delete', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.rebootDelayMs': '3600000' } });
    const rebooting = reboot(id, {}, { Prefer: 'wait=30' });
    await tenant.reachesOperation(id, 'reboot', 'running');
    expectProblem(await tenant.post(`/instances/${id}/stop`), { status: 409, code: 'instance_busy' });
    expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBe(204);
    expectProblem(await rebooting, { status: 409, code: 'operation_superseded' });
  });

  it('keeps the status that the engine reports if it fails', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.rebootError': 'no power' } });
    const answer = await reboot(id);
    expectProblem(answer, { status: 503, code: 'engine_failed', detail: 'reboot failed: no power' });
    expect(await tenant.details(id)).toMatchObject({
      status: 'running',
      statusReason: 'reboot failed: no power',
    });
  });

  it('is refused unless the instance runs, and with an unknown type', async () => {
    const { id } = await tenant.createStopped();
    expectProblem(await reboot(id), { status: 400, code: 'instance_not_running' });
    expectProblem(await reboot(id, {}, DRY), { status: 400, code: 'instance_not_running' });
    expectProblem(await reboot(id, { type: 'warm' }), { status: 400, code: 'validation_failed' });
    expectProblem(await reboot(id, { type: null }), { status: 400, code: 'validation_failed' });
    expectProblem(await reboot(id, { kind: 'soft' }), { status: 400, code: 'validation_failed' });
    expect((await tenant.operationsOf(id)).map(({ type }) => type)).not.toContain('reboot');
    const other = app.as(newTenant());
    expectProblem(await other.post(`/instances/${id}/reboot`), { status: 403, code: 'access_denied' });
  });
});

describe('an engine that cannot reboot or rebuild', () => {
  const suite = useEngine();

  it.each([
    ['reboot', {}],
    ['rebuild', { imageId: 'new' }],
  ])('refuses it before anything is written: %s', async (action, request) => {
    const tenant = suite.app.as(newTenant());
    const before = await tenant.createRunning();
    const answer = await tenant.post(`/instances/${before.id}/${action}`, request);
    const detail = `The engine tiny cannot ${action} instances`;
    expectProblem(answer, { status: 409, code: 'not_supported_by_engine', detail });
    expect(await tenant.details(before.id)).toEqual({
      ...before,
      abilities: [],
      activity: null,
      hasSnapshotSchedule: false,
    });
  });
});
