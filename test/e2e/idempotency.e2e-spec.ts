import { createHash } from 'node:crypto';
import { Database } from '../../src/platform/database';
import type { Instance } from '../../src/compute/instances';
import { descriptorOf, ROUTED_ACTIONS } from '../../src/compute/instances/actions/actions';
import type { ApiResponse, Client } from '../support/client';
import { eventually } from '../support/eventually';
import { ManualClock } from '../support/manual-clock';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const WEB = { name: 'web', flavor: 'small' };
const KEY = { 'Idempotency-Key': 'a key' };
/** Duration of slow engine work on the manual clock. */
const WORK_MS = 400;

/** The parts of a response that a replay must repeat. */
function essence({ status, headers, text }: ApiResponse<unknown>): object {
  const names = ['etag', 'location', 'operation-location', 'content-type'];
  return { status, text, ...Object.fromEntries(names.map((name) => [name, headers.get(name)])) };
}

const isReplay = ({ headers }: ApiResponse<unknown>): boolean =>
  headers.get('idempotency-replayed') === 'true';

describe('Idempotency-Key', () => {
  const clock = new ManualClock();
  const app = useApp({ clock });
  const instancesOf = async (tenant: Client): Promise<readonly Instance[]> =>
    (await tenant.get<{ instances: readonly Instance[] }>('/instances')).body.instances;

  it('creates one instance for a repeated create and replays the first response', async () => {
    const tenant = app.as(newTenant());
    const first = await tenant.post<Instance>('/instances', WEB, KEY);
    expect([first.status, isReplay(first)]).toEqual([201, false]);
    await tenant.reaches(first.body.id, 'running');
    const again = await tenant.post('/instances', WEB, KEY);
    expect(isReplay(again)).toBe(true);
    expect(essence(again)).toEqual(essence(first));
    expect(await instancesOf(tenant)).toHaveLength(1);
  });

  it('creates one instance for many parallel creates', async () => {
    const tenant = app.as(newTenant());
    const answers = await Promise.all(Array.from({ length: 30 }, () => tenant.post('/instances', WEB, KEY)));
    expect(new Set(answers.map((answer) => JSON.stringify(essence(answer)))).size).toBe(1);
    expect(answers.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(await instancesOf(tenant)).toHaveLength(1);
  });

  it('is scoped per tenant; another key is another request', async () => {
    const [one, other] = [app.as(newTenant()), app.as(newTenant())];
    await one.post('/instances', WEB, KEY);
    expect(isReplay(await other.post('/instances', WEB, KEY))).toBe(false);
    expect(isReplay(await one.post('/instances', WEB, { 'Idempotency-Key': 'another' }))).toBe(false);
    expect((await instancesOf(one)).length).toBe(2);
  });

  it('refuses a key that was used for another request', async () => {
    const tenant = app.as(newTenant());
    const { body } = await tenant.post<Instance>('/instances', WEB, KEY);
    for (const answer of [
      await tenant.post('/instances', { ...WEB, name: 'other' }, KEY),
      await tenant.post(`/instances/${body.id}/start`, undefined, KEY),
      await tenant.delete(`/instances/${body.id}`, KEY),
    ]) {
      expectProblem(answer, { status: 422, code: 'idempotency_key_reused' });
    }
    expect((await instancesOf(tenant)).length).toBe(1);
  });

  it('replays an equivalent request in a different notation', async () => {
    const tenant = app.as(newTenant());
    const spec = { name: 'web', flavor: 'small', metadata: { a: '1', b: '2' } };
    const reordered = { metadata: { b: '2', a: '1' }, flavor: 'small', name: 'web' };
    const first = await tenant.post<Instance>('/instances', spec, KEY);
    for (const path of ['/instances', '/instances/', '/instances?dryRun=false', '/Instances']) {
      const again = await tenant.post(path, reordered, KEY);
      expect([path, isReplay(again), essence(again)]).toEqual([path, true, essence(first)]);
    }
    const { id } = await tenant.reaches(first.body.id, 'running');
    const stopKey = { 'Idempotency-Key': 'stop' };
    const stop = await tenant.post(`/instances/${id}/stop`, undefined, stopKey);
    for (const path of [`/instances/${id.toUpperCase()}/stop`, `/instances/${id}/stop/?dryRun=false`]) {
      for (const body of [undefined, null, {}]) {
        const again = await tenant.post(path, body, stopKey);
        expect([isReplay(again), essence(again)]).toEqual([true, essence(stop)]);
      }
    }
    const deleteKey = { 'Idempotency-Key': 'delete' };
    await tenant.delete(`/instances/${id}?force=false`, deleteKey);
    expect(isReplay(await tenant.delete(`/instances/${id}`, deleteKey))).toBe(true);
    const forced = await tenant.delete(`/instances/${id}?force=true`, deleteKey);
    expectProblem(forced, { status: 422, code: 'idempotency_key_reused' });
  });

  it('replays a request whose key was stored by an earlier version', async () => {
    const tenant = app.as(newTenant());
    const first = await tenant.post('/instances', WEB, KEY);
    const former = createHash('sha256')
      .update(JSON.stringify(['POST', '/api/v1/compute/instances', WEB]))
      .digest('base64');
    await app.running.app.get(Database).query({
      name: '',
      text: 'UPDATE idempotency_keys SET request_hash = $2 WHERE tenant_id = $1',
      values: [tenant.tenantId, former],
    });
    const again = await tenant.post('/instances', WEB, KEY);
    expect([isReplay(again), essence(again)]).toEqual([true, essence(first)]);
    const other = await tenant.post('/instances', { ...WEB, name: 'other' }, KEY);
    expectProblem(other, { status: 422, code: 'idempotency_key_reused' });
  });

  it('refuses a deeply nested body', async () => {
    const answer = await app.as(newTenant()).request('/api/v1/compute/instances', {
      method: 'POST',
      headers: { ...KEY, 'Content-Type': 'application/json' },
      body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    });
    expectProblem(answer, { status: 400, code: 'validation_failed' });
  });

  it('returns 409 while a waiting create is in progress, then replays its response', async () => {
    const tenant = app.as(newTenant());
    const slow = { ...WEB, metadata: { 'simulate.createDelayMs': String(WORK_MS) } };
    const create = () => tenant.post<Instance>('/instances', slow, { ...KEY, Prefer: 'wait=60' });
    const first = create();
    await eventually(async () => expect(await instancesOf(tenant)).toHaveLength(1));
    const problem = expectProblem(await create(), { status: 409, code: 'idempotency_key_in_use' });
    expect(problem['operationId']).toEqual(expect.any(String));
    await clock.passWhenAwaited(WORK_MS);
    expect((await first).body.status).toBe('running');
    const again = await create();
    expect(isReplay(again)).toBe(true);
    expect(essence(again)).toEqual(essence(await first));
    expect(await instancesOf(tenant)).toHaveLength(1);
  });

  it('returns 409 while a waiting restart is in progress, then replays its response', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped({ metadata: { 'simulate.restartDelayMs': String(WORK_MS) } });
    const restart = () =>
      tenant.post<Instance>(`/instances/${id}/restart`, undefined, { ...KEY, Prefer: 'wait=60' });
    const first = restart();
    await tenant.reaches(id, 'restarting');
    expectProblem(await restart(), { status: 409, code: 'idempotency_key_in_use' });
    await clock.passWhenAwaited(WORK_MS);
    expect((await first).body.status).toBe('running');
    expect(essence(await restart())).toEqual(essence(await first));
  });

  it.each(['', 'x'.repeat(256), 'ä'])('refuses the key %j', async (key) => {
    const answer = await app.as(newTenant()).post('/instances', WEB, { 'Idempotency-Key': key });
    expectProblem(answer, { status: 400, code: 'validation_failed' });
  });

  it('does not store refusals: a retry is processed again', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const start = () => tenant.post(`/instances/${id}/start`, undefined, KEY);
    expectProblem(await start(), { status: 400, code: 'instance_not_stopped' });
    await tenant.post(`/instances/${id}/stop`);
    const started = await start();
    expect([started.status, isReplay(started)]).toEqual([200, false]);
  });

  it.each(ROUTED_ACTIONS)('replays %s without running it again', async (verb) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createFor(verb);
    const first = await tenant.post(`/instances/${id}/${verb}`, undefined, KEY);
    expect(first.status).toBe(200);
    await eventually(async () => {
      expect((await tenant.get<Instance>(`/instances/${id}`)).body.status).toBe(descriptorOf(verb).to);
    });
    // The gateway sends `null` for a missing body: this is the same request.
    const again = await tenant.post(`/instances/${id}/${verb}`, null, KEY);
    expect(isReplay(again)).toBe(true);
    expect(essence(again)).toEqual(essence(first));
    const operations = await tenant.operationsOf(id);
    expect(operations.filter(({ type }) => type === verb)).toHaveLength(1);
  });

  it('returns 409 while a stop is in progress, then replays its response', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning({ metadata: { 'simulate.stopDelayMs': String(WORK_MS) } });
    const stop = () => tenant.post<Instance>(`/instances/${id}/stop`, undefined, KEY);
    const first = stop();
    await eventually(async () => {
      const [operation] = await tenant.operationsOf(id);
      expect(operation).toMatchObject({ type: 'stop' });
    });
    const duplicate = await stop();
    const problem = expectProblem(duplicate, { status: 409, code: 'idempotency_key_in_use' });
    expect(problem['operationId']).toBe((await tenant.operationsOf(id))[0]?.id);
    expect(duplicate.headers.get('retry-after')).toBe('1');
    await clock.passWhenAwaited(WORK_MS);
    expect((await first).body.status).toBe('stopped');
    expect(essence(await stop())).toEqual(essence(await first));
  });

  it('replays failures', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped({ metadata: { 'simulate.startError': 'no memory' } });
    const start = () => tenant.post(`/instances/${id}/start`, undefined, KEY);
    const first = expectProblem(await start(), { status: 503, code: 'engine_failed' });
    const again = await start();
    expect(isReplay(again)).toBe(true);
    expect(expectProblem(again, { status: 503, code: 'engine_failed' })['operationId']).toBe(
      first['operationId'],
    );
  });

  it('replays a patch with its precondition', async () => {
    const tenant = app.as(newTenant());
    const { id, version } = await tenant.createRunning();
    const patch = () =>
      tenant.patch<Instance>(`/instances/${id}`, { name: 'new' }, { ...KEY, 'If-Match': `"${version}"` });
    const first = await patch();
    expect([first.status, first.body.version]).toEqual([200, version + 1]);
    expect(essence(await patch())).toEqual(essence(first));
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.version).toBe(version + 1);
  });

  it.each(['', '?force=true'])('replays DELETE%s after the instance is gone', async (query) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped();
    const remove = () => tenant.delete(`/instances/${id}${query}`, KEY);
    const first = await remove();
    expect(first.status).toBe(204);
    expect(essence(await remove())).toEqual(essence(first));
    expectProblem(await tenant.delete(`/instances/${id}${query}`), { status: 404 });
  });

  it('replays a detach and an attach', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    const attach = () => tenant.post(`/instances/${id}/networks`, { networkId: 'net-1' }, KEY);
    const first = await attach();
    expect(first.status).toBe(200);
    const detach = () =>
      tenant.delete(`/instances/${id}/networks/net-1`, { 'Idempotency-Key': 'another key' });
    const detached = await detach();
    expect(essence(await detach())).toEqual(essence(detached));
    expect(essence(await attach())).toEqual(essence(first));
    expect((await tenant.get<Instance>(`/instances/${id}`)).body.networkIds).toEqual([]);
  });
});
