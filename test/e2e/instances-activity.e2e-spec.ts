import { Database } from '../../src/platform/database';
import { newId } from '../../src/platform/values/uuid';
import type { InstanceDetailsDto } from '../../src/compute/instances/api/dto/instance.dto';
import { startCli } from '../support/cli';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

/** Duration of slow engine work on the manual clock. */
const WORK_MS = 2500;
const NO_WAIT = { Prefer: 'wait=0' };

describe('the activity of an instance', () => {
  const clock = new ManualClock();
  const app = useApp({ clock });
  let tenant: Client;
  beforeEach(() => {
    tenant = app.as(newTenant());
  });

  const slow = (verb: string, progress?: string) => ({
    metadata: {
      [`simulate.${verb}DelayMs`]: String(WORK_MS),
      ...(progress !== undefined && { [`simulate.${verb}Progress`]: progress }),
    },
  });

  /** Waits until the instance shows an activity like this. */
  const shows = (id: string, activity: object): Promise<InstanceDetailsDto> =>
    eventually(async () => {
      const details = await tenant.details(id);
      expect(details.activity).toMatchObject(activity);
      return details;
    });

  it('is null at rest, and a stop with its progress until that ends', async () => {
    const { id } = await tenant.createRunning(slow('stop', 'flushing disks'));
    expect((await tenant.details(id)).activity).toBeNull();
    expect((await tenant.post(`/instances/${id}/stop`, null, NO_WAIT)).status).toBe(202);

    const { status, activity } = await shows(id, { progress: 'flushing disks' });

    const [operation] = await tenant.operationsOf(id);
    expect(status).toBe('running');
    expect(activity).toEqual({
      operationId: operation?.id,
      type: 'stop',
      status: 'running',
      progress: 'flushing disks',
      since: operation?.createdAt,
    });
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, 'stopped');
    expect((await tenant.details(id)).activity).toBeNull();
  });

  it('is a delete until the instance is gone, also if that cancelled another operation', async () => {
    const { id } = await tenant.createRunning({
      metadata: { ...slow('stop').metadata, ...slow('delete').metadata },
    });
    await tenant.post(`/instances/${id}/stop`, null, NO_WAIT);
    await shows(id, { type: 'stop', status: 'running', progress: null });
    expect((await tenant.delete(`/instances/${id}?force=true`, NO_WAIT)).status).toBe(202);
    expect((await shows(id, { type: 'delete', status: 'running' })).status).toBe('running');
    await clock.passWhenAwaited(WORK_MS);
    await tenant.isGone(id);
  });

  it('is shown to its tenant only, and not in lists and other responses', async () => {
    const { id } = await tenant.createRunning(slow('stop'));
    const stopping = await tenant.post(`/instances/${id}/stop`, null, NO_WAIT);
    expect(stopping.body).not.toHaveProperty('activity');
    const { instances } = (await tenant.get<{ instances: readonly object[] }>('/instances')).body;
    expect(instances).toHaveLength(1);
    expect(instances[0]).not.toHaveProperty('activity');
    const other = await app.as(newTenant()).get(`/instances/${id}`);
    expectProblem(other, { status: 403, code: 'access_denied' });
    expect(other.text).not.toContain('stop');
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, 'stopped');
  });

  it('is sent although the client has the version, because progress does not change that', async () => {
    const { id } = await tenant.createRunning(slow('stop', 'flushing disks'));
    const path = `/instances/${id}`;
    const begun = await tenant.post(`${path}/stop`, null, NO_WAIT);
    const known = { 'If-None-Match': begun.headers.get('etag') ?? '' };
    await eventually(async () => {
      const { status, body } = await tenant.get<InstanceDetailsDto>(path, known);
      expect([status, body.activity?.progress]).toEqual([200, 'flushing disks']);
    });
    await clock.passWhenAwaited(WORK_MS);
    const { version } = await tenant.reaches(id, 'stopped');
    expect((await tenant.get(path, known)).status).toBe(200);
    expect((await tenant.get(path, { 'If-None-Match': `"${version}"` })).status).toBe(304);
  });

  it('is not a cleanup, which runs in the background', async () => {
    const { id } = await tenant.createRunning();
    const text = `INSERT INTO resource_operations (id, tenant_id, resource_id, type, status, request_id, host_id, due_at)
      VALUES ($1, $2, $3, 'cleanup', 'pending', 'request', 'simulated', now() + interval '1 hour')`;
    const database = app.running.app.get(Database);
    await database.query({ name: '', text, values: [newId(), tenant.tenantId, id] });
    expect((await tenant.operationsOf(id))[0]).toMatchObject({ type: 'cleanup', status: 'pending' });
    expect((await tenant.details(id)).activity).toBeNull();
  });

  it('is shown by uim-compute get while there is one', async () => {
    const { id } = await tenant.createRunning(slow('stop', 'flushing disks'));
    const get = async () => (await startCli(app.url, tenant.tenantId, ['get', id, '-o', 'table']).result).out;
    expect(await get()).not.toContain('activity');
    await tenant.post(`/instances/${id}/stop`, null, NO_WAIT);
    await shows(id, { progress: 'flushing disks' });
    expect(await get()).toMatch(/^activity +stop, running since \d{4}-[-\d]+T[:\d]+Z: flushing disks$/m);
    await clock.passWhenAwaited(WORK_MS);
    await tenant.reaches(id, 'stopped');
  });
});
