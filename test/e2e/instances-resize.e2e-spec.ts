import type { Instance } from '../../src/compute/instances';
import { startCli, type CliResult } from '../support/cli';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
/** Longer than any test: the operation runs until it is cancelled. */
const FOREVER = '3600000';
const SMALL = { instances: 1, vcpus: 1, ramGB: 1, diskGB: 10, gpus: 0, snapshots: 0, snapshotGB: 0 };
const MEDIUM = { instances: 1, vcpus: 2, ramGB: 4, diskGB: 40, gpus: 0, snapshots: 0, snapshotGB: 0 };

describe('resize', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const resize = <T = Instance>(id: string, request: object, headers = {}): Promise<ApiResponse<T>> =>
    tenant.send<T>('POST', `/instances/${id}/resize`, request, headers);
  const usage = async (): Promise<object> => (await tenant.get<{ usage: object }>('/quotas')).body.usage;
  const historyOf = async (id: string): Promise<readonly { type: string; reason: string | null }[]> => {
    const { body } = await tenant.get<{ events: { type: string; reason: string | null }[] }>(
      `/instances/${id}/events`,
    );
    return body.events.map(({ type, reason }) => ({ type, reason }));
  };

  it('gives a running instance another flavor while it runs', async () => {
    const before = await tenant.createRunning({ flavor: 'small' });
    const answer = await resize(before.id, { flavor: 'medium' });
    const { version, updatedAt } = answer.body;
    expect([answer.status, answer.body]).toEqual([200, { ...before, flavor: 'medium', version, updatedAt }]);
    expect(await usage()).toEqual(MEDIUM);
    expect(await historyOf(before.id)).toContainEqual({
      type: 'resize.succeeded',
      reason: 'small to medium',
    });
  });

  it('gives a stopped instance a smaller flavor if its disk is not smaller', async () => {
    const flavor = { name: `wide-${newTenant()}`, vcpus: 1, ramGB: 1, diskGB: 40 };
    expect((await app.as('').send('POST', '/flavors', flavor, OPERATOR)).status).toBe(201);
    const { id } = await tenant.createStopped({ flavor: 'medium' });
    const { status, body } = await resize(id, { flavor: flavor.name });
    expect([status, body.flavor, body.status]).toEqual([200, flavor.name, 'stopped']);
    expect(await usage()).toEqual({
      instances: 1,
      vcpus: 1,
      ramGB: 1,
      diskGB: 40,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('restarts a running instance only if the request allows it', async () => {
    const { id } = await tenant.createRunning({
      flavor: 'small',
      metadata: { 'simulate.resizeRestart': 'true' },
    });
    const refused = await resize(id, { flavor: 'medium' });
    expectProblem(refused, { status: 409, code: 'restart_required' });
    expect(await usage()).toEqual(SMALL);
    const { status, body } = await resize(id, { flavor: 'medium', allowRestart: true });
    expect([status, body.flavor, body.status]).toEqual([200, 'medium', 'running']);
    expect(await usage()).toEqual(MEDIUM);
  });

  it('counts the larger of both sizes until the operation has ended', async () => {
    const { id } = await tenant.createRunning({
      flavor: 'small',
      metadata: { 'simulate.resizeDelayMs': FOREVER },
    });
    const answer = resize(id, { flavor: 'medium' });
    await eventually(async () => expect(await usage()).toEqual(MEDIUM));
    expect((await tenant.details(id)).flavor).toBe('small');
    await tenant.send('DELETE', `/instances/${id}?force=true`);
    expectProblem(await answer, { status: 409, code: 'operation_superseded' });
    expect(await usage()).toEqual({
      instances: 0,
      vcpus: 0,
      ramGB: 0,
      diskGB: 0,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
  });

  it('keeps a flavor that is deleted while an instance may get it', async () => {
    const flavor = { name: `late-${newTenant()}`, vcpus: 2, ramGB: 2, diskGB: 20 };
    expect((await app.as('').send('POST', '/flavors', flavor, OPERATOR)).status).toBe(201);
    const { id } = await tenant.createRunning({ metadata: { 'simulate.resizeDelayMs': FOREVER } });
    const answer = resize(id, { flavor: flavor.name });
    await eventually(async () => expect(await usage()).toMatchObject({ vcpus: 2 }));
    expect((await app.as('').send('DELETE', `/flavors/${flavor.name}`, undefined, OPERATOR)).status).toBe(
      204,
    );
    // Its name is still taken, because it is only retired.
    const again = await app.as('').send('POST', '/flavors', flavor, OPERATOR);
    expectProblem(again, { status: 409, code: 'flavor_exists' });
    await tenant.send('DELETE', `/instances/${id}?force=true`);
    expectProblem(await answer, { status: 409, code: 'operation_superseded' });
  });

  it('leaves flavor and usage as they were if the engine fails', async () => {
    const { id } = await tenant.createRunning({
      flavor: 'small',
      metadata: { 'simulate.resizeError': 'no room in the rack' },
    });
    const refused = await resize(id, { flavor: 'medium' });
    expectProblem(refused, {
      status: 503,
      code: 'engine_failed',
      detail: 'resize failed: no room in the rack',
    });
    expect(await tenant.details(id)).toMatchObject({
      flavor: 'small',
      status: 'running',
      statusReason: 'resize failed: no room in the rack',
    });
    expect(await usage()).toEqual(SMALL);
  });

  it('is refused beyond the quota of the tenant, which counts only the growth', async () => {
    const { id } = await tenant.createRunning({ flavor: 'small' });
    const limits = { vcpus: 3, ramGB: 4 };
    await tenant.send('PUT', `/quotas/${tenant.tenantId}`, limits, OPERATOR);
    const problem = expectProblem(await resize(id, { flavor: 'large' }), {
      status: 403,
      code: 'quota_exceeded',
    });
    expect(problem).toMatchObject({ resource: 'vcpus', limit: 3, used: 1, requested: 3 });
    expect(problem['fittingFlavors']).toEqual(expect.arrayContaining(['small', 'medium']));
    expect(problem['fittingFlavors']).not.toContain('large');
    expect((await resize(id, { flavor: 'medium' })).status).toBe(200);
    expect(await usage()).toEqual(MEDIUM);
  });

  it.each([
    ['unknown flavor', { flavor: 'gigantic' }, 400, 'invalid_flavor'],
    ['flavor with a smaller disk', { flavor: 'small' }, 400, 'disk_cannot_shrink'],
    ['missing flavor', {}, 400, 'validation_failed'],
    ['flavor that is no text', { flavor: 7 }, 400, 'validation_failed'],
    ['unknown member', { flavor: 'large', force: true }, 400, 'validation_failed'],
    ['allowRestart that is null', { flavor: 'large', allowRestart: null }, 400, 'validation_failed'],
  ] as const)('refuses: %s', async (_, request, status, code) => {
    const { id, version } = await tenant.createRunning({ flavor: 'medium' });
    expectProblem(await resize(id, request), { status, code });
    expect((await tenant.details(id)).version).toBe(version);
    expect(await usage()).toEqual(MEDIUM);
  });

  it('happens once for repeats with the same idempotency key', async () => {
    const { id } = await tenant.createRunning({ flavor: 'small' });
    const headers = { 'Idempotency-Key': newTenant() };
    const first = await resize(id, { flavor: 'medium' }, headers);
    const second = await resize(id, { flavor: 'medium' }, headers);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('operation-location')).toBe(first.headers.get('operation-location'));
    expect((await tenant.operationsOf(id)).filter(({ type }) => type === 'resize')).toHaveLength(1);
  });

  it('changes nothing in a dry run, which gets the same refusals', async () => {
    const { id, version } = await tenant.createRunning({ flavor: 'medium' });
    const headers = { Prefer: 'dry-run' };
    const allowed = await resize<{ action: string }>(id, { flavor: 'large' }, headers);
    expect([allowed.status, allowed.body.action]).toEqual([200, 'resize']);
    expectProblem(await resize(id, { flavor: 'small' }, headers), {
      status: 400,
      code: 'disk_cannot_shrink',
    });
    expect((await tenant.details(id)).version).toBe(version);
    expect(await usage()).toEqual(MEDIUM);
  });

  it('shows other tenants nothing of the instance', async () => {
    const { id } = await tenant.createRunning({ flavor: 'small' });
    const other = app.as(newTenant());
    expect((await other.post(`/instances/${id}/resize`, { flavor: 'medium' })).status).toBe(403);
    expect((await tenant.details(id)).flavor).toBe('small');
  });

  it('is a command of the command line, with a dry run', async () => {
    const cli = (...args: readonly string[]): Promise<CliResult> =>
      startCli(app.url, tenant.tenantId, args).result;
    const { id } = await tenant.createRunning({ metadata: { 'simulate.resizeRestart': 'yes' } });
    const checked = await cli('resize', id, '--flavor', 'medium', '--allow-restart', '--dry-run');
    expect(checked).toMatchObject({ code: 0, err: '' });
    const refused = await cli('resize', id, '--flavor', 'medium');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/must be restarted|can only grow/);
    expect((await tenant.details(id)).flavor).toBe('small');
    const resized = await cli('resize', id, '--flavor', 'medium', '--allow-restart', '--wait', '-o', 'json');
    expect(resized.code).toBe(0);
    expect(parseJson<Instance>(resized.out)).toMatchObject({ flavor: 'medium', status: 'running' });
  });
});
