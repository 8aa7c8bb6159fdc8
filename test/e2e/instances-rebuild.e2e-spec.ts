import { Database } from '../../src/platform/database';
import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const SECRET = '#cloud-config\npassword: a-secret-of-the-tenant\n';

describe('rebuild', () => {
  const app = useApp();
  let tenant: Client;

  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const rebuild = <T = Instance>(id: string, request: object, headers = {}): Promise<ApiResponse<T>> =>
    tenant.post<T>(`/instances/${id}/rebuild`, request, headers);

  const read = <T extends object>(text: string, ids: readonly string[]): Promise<readonly T[]> =>
    app.running.app.get(Database).query<T>({ name: `test ${text.length}`, text, values: [ids] });

  it('gives a running instance another image, and keeps everything else', async () => {
    const before = await tenant.createRunning({
      imageId: 'old',
      vm: { ports: [{ port: 22 }] },
      networkIds: ['net-1'],
      volumeIds: ['vol-1'],
    });
    const { status, body } = await rebuild(before.id, { imageId: 'new' });
    const { version, updatedAt } = body;
    expect([status, body]).toEqual([200, { ...before, imageId: 'new', version, updatedAt }]);
    const { body: history } = await tenant.get<{ events: readonly object[] }>(
      `/instances/${before.id}/events`,
    );
    expect(history.events).toContainEqual(
      expect.objectContaining({ type: 'rebuild.succeeded', reason: 'old to new' }),
    );
  });

  it('leaves a stopped instance stopped', async () => {
    const { id } = await tenant.createStopped();
    const { body } = await rebuild(id, { imageId: 'new' });
    expect([body.status, body.imageId, body.ports]).toEqual(['stopped', 'new', []]);
  });

  it('changes nothing if the image cannot be used', async () => {
    const { id } = await tenant.createRunning({
      imageId: 'old',
      metadata: { 'simulate.rebuildError': 'the image is damaged' },
    });
    const answer = await rebuild(id, { imageId: 'new' });
    expectProblem(answer, {
      status: 503,
      code: 'engine_failed',
      detail: 'rebuild failed: the image is damaged',
    });
    expect(await tenant.details(id)).toMatchObject({ imageId: 'old', status: 'running' });
  });

  it('is in error with the new image if it cannot be created again, and is repaired by another rebuild', async () => {
    const { id } = await tenant.createRunning({ imageId: 'old', volumeIds: ['vol-1'] });
    await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.createError': 'no space left' } });
    const answer = await rebuild(id, { imageId: 'new' });
    expectProblem(answer, { status: 503, code: 'engine_failed', detail: 'rebuild failed: no space left' });
    expect(await tenant.details(id)).toMatchObject({
      ...{ imageId: 'new', status: 'error', statusReason: 'rebuild failed: no space left' },
      ...{ ports: [], volumeIds: ['vol-1'] },
    });
    await tenant.patch(`/instances/${id}`, { metadata: { 'simulate.createError': null } });
    expect((await rebuild(id, { imageId: 'newer' })).body).toMatchObject({
      ...{ imageId: 'newer', status: 'running', statusReason: null, volumeIds: ['vol-1'] },
    });
    const { body } = await tenant.get<{ usage: object }>('/quotas');
    expect(body.usage).toMatchObject({ instances: 1, vcpus: 1 });
  });

  it('is refused if the creation has failed, because the instance holds no quota', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createError': 'no' } });
    await tenant.reaches(id, 'error');
    expectProblem(await rebuild(id, { imageId: 'new' }), { status: 409, code: 'instance_never_created' });
    expect((await tenant.details(id)).status).toBe('error');
  });

  it('does not keep user data with the operation, however it ends', async () => {
    const request = { imageId: 'new', userData: SECRET };
    const done = await tenant.createRunning();
    expect((await rebuild(done.id, request)).status).toBe(200);
    const failed = await tenant.createRunning({ metadata: { 'simulate.rebuildError': 'no' } });
    expectProblem(await rebuild(failed.id, request), { status: 503, code: 'engine_failed' });
    const cancelled = await tenant.createRunning({ metadata: { 'simulate.rebuildDelayMs': '3600000' } });
    const answer = rebuild(cancelled.id, request);
    await tenant.reachesOperation(cancelled.id, 'rebuild', 'running');
    expect((await tenant.delete(`/instances/${cancelled.id}?force=true`)).status).toBe(204);
    expectProblem(await answer, { status: 409, code: 'operation_superseded' });
    const rows = await read<{ args: object }>(
      `SELECT args FROM resource_operations WHERE type = 'rebuild' AND resource_id = ANY($1)`,
      [done.id, failed.id, cancelled.id],
    );
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain('a-secret');
  });

  it('keeps, replaces or removes the user data', async () => {
    const { id } = await tenant.createRunning({ userData: 'first' });
    const stored = async (): Promise<unknown> =>
      (await read<{ guest: object }>('SELECT guest FROM instances WHERE id = ANY($1)', [id]))[0]?.guest;
    await rebuild(id, { imageId: 'a' });
    expect(await stored()).toEqual({ userData: 'first' });
    await rebuild(id, { imageId: 'b', userData: 'second' });
    expect(await stored()).toEqual({ userData: 'second' });
    await rebuild(id, { imageId: 'c', userData: null });
    expect(await stored()).toEqual({});
  });

  it.each([
    ['no image', {}],
    ['an image that is no text', { imageId: 7 }],
    ['an image that is too long', { imageId: 'i'.repeat(256) }],
    ['user data that is no text', { imageId: 'new', userData: 7 }],
    ['too much user data', { imageId: 'new', userData: 'x'.repeat(70_000) }],
    ['an unknown member', { imageId: 'new', flavor: 'large' }],
  ])('refuses %s', async (_, request) => {
    const { id, version } = await tenant.createRunning();
    expectProblem(await rebuild(id, request), { status: 400, code: 'validation_failed' });
    expect((await tenant.details(id)).version).toBe(version);
  });

  it('refuses user data for a container, also in a dry run', async () => {
    const { id } = await tenant.createRunning({ type: 'container' });
    for (const headers of [{}, { Prefer: 'dry-run' }]) {
      const answer = await rebuild(id, { imageId: 'new', userData: 'x' }, headers);
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    }
  });
});
