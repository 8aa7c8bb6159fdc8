import { Database } from '../../src/platform/database';
import type { Client } from '../support/client';
import { miscounted } from '../support/ledger';
import { expectProblem } from '../support/problem';
import { INSTANCE_MISSING, Retained } from '../support/retained';
import { newTenant, useApp } from '../support/use-app';

const DRY = { Prefer: 'dry-run' };
const FOREVER = '3600000';

describe('a delete that retains an instance', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-operator' } });
  let tenant: Client;
  let retained: Retained;

  beforeEach(() => {
    tenant = app.as(newTenant());
    retained = new Retained(tenant);
  });
  afterEach(async () => {
    expect(await miscounted(app.running.app.get(Database))).toEqual([]);
  });

  const setDefault = (retainDeleted: string | null) =>
    app
      .as(tenant.tenantId)
      .send('PUT', `/quotas/${tenant.tenantId}`, { retainDeleted }, { Authorization: 'Bearer the-operator' });

  it('powers a running instance off with an explicit time, and needs force with a default', async () => {
    const { id } = await tenant.createRunning();
    expect((await setDefault('PT12H')).body).toMatchObject({ retainDeleted: 'PT12H' });
    expect((await tenant.get('/quotas')).body).toMatchObject({ retainDeleted: 'PT12H' });
    expectProblem(await retained.remove(id, ''), { status: 400, code: 'instance_running' });
    const dry = await retained.remove(id, '?force=true', DRY);
    expect(dry.body).toMatchObject({ dryRun: true, action: 'retain', becomes: 'deleted' });
    expect((await retained.remove(id, '?force=true')).status).toBe(204);
    const { deletedAt, purgeAt } = await retained.details(id);
    expect(Number(purgeAt) - Number(deletedAt)).toBe(43_200);
  });

  it('deletes at once with retain=PT0S in spite of a default', async () => {
    await setDefault('PT12H');
    const { id } = await tenant.createStopped();
    expect((await retained.remove(id, '?retain=PT0S')).status).toBe(204);
    expectProblem(await tenant.get(`/instances/${id}?deleted=true`), INSTANCE_MISSING);
    await setDefault(null);
    const { id: other } = await tenant.createStopped();
    await retained.remove(other, '');
    expectProblem(await tenant.get(`/instances/${other}?deleted=true`), INSTANCE_MISSING);
  });

  it.each(['24h', '', 'P1M', 'PT-1H', 'PT1.5H', 'PT1H&retain=PT2H'])('refuses retain=%s', async (text) => {
    const { id } = await tenant.createStopped();
    expectProblem(await retained.remove(id, `?retain=${text}`), { status: 400, code: 'validation_failed' });
    expect((await tenant.details(id)).status).toBe('stopped');
  });

  it('refuses a time beyond the limit of the service, also as a default', async () => {
    const { id } = await tenant.createStopped();
    const problem = expectProblem(await retained.remove(id, '?retain=P31D'), {
      status: 400,
      code: 'retention_too_long',
    });
    expect(problem).toMatchObject({ maxDays: 30 });
    expectProblem(await setDefault('P31D'), { status: 400, code: 'retention_too_long' });
    expectProblem(await setDefault('a week'), { status: 400, code: 'validation_failed' });
    expect((await tenant.details(id)).status).toBe('stopped');
    expect((await tenant.get('/quotas')).body).toMatchObject({ retainDeleted: null });
  });

  it('is refused by deletion protection and a failed precondition', async () => {
    const { id, version } = await tenant.createRunning({ deletionProtection: true });
    expectProblem(await retained.remove(id), { status: 409, code: 'deletion_protected' });
    await tenant.patch(`/instances/${id}`, { deletionProtection: false });
    expectProblem(await retained.remove(id, '?retain=PT24H', { 'If-Match': `"${version}"` }), {
      status: 412,
      code: 'version_mismatch',
    });
  });

  it('happens once for each idempotency key, as does the undelete', async () => {
    const { id } = await tenant.createRunning();
    const key = { 'Idempotency-Key': `retain ${id}` };
    const answers = [
      await retained.remove(id, '?retain=PT24H', key),
      await retained.remove(id, '?retain=PT24H', key),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 204]);
    expectProblem(await retained.remove(id, '?retain=PT23H', key), {
      status: 422,
      code: 'idempotency_key_reused',
    });
    const again = { 'Idempotency-Key': `undelete ${id}` };
    const results = [await retained.undelete(id, again), await retained.undelete(id, again)];
    expect(results.map(({ status, body }) => [status, body.version])).toEqual(
      Array(2).fill([200, results[0]?.body.version]),
    );
    const types = (await tenant.operationsOf(id)).map(({ type }) => type);
    expect(types).toEqual(['undelete', 'retain', 'create']);
  });

  it('cancels an operation in progress, and ends what that has reserved', async () => {
    const { id } = await tenant.createStopped({ metadata: { 'simulate.resizeDelayMs': FOREVER } });
    const resizing = tenant.post(`/instances/${id}/resize`, { flavor: 'large' }, { Prefer: 'wait=30' });
    await tenant.reachesOperation(id, 'resize', 'running');
    expect((await retained.remove(id)).status).toBe(204);
    expectProblem(await resizing, { status: 409, code: 'operation_superseded' });
    expect(await retained.usage()).toMatchObject({ instances: 1, vcpus: 1 });
    expect((await retained.undelete(id)).body).toMatchObject({ flavor: 'small', status: 'stopped' });
  });

  it('deletes an instance at once whose creation has not succeeded', async () => {
    const { id } = await tenant.create({ metadata: { 'simulate.createDelayMs': FOREVER } });
    const { id: failed } = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
    await tenant.reaches(failed, 'error');
    expect([(await retained.remove(id)).status, (await retained.remove(failed)).status]).toEqual([204, 204]);
    expect(await retained.list()).toEqual([]);
    expect(await retained.usage()).toMatchObject({ instances: 0 });
  });

  it('keeps the status that the engine reports if the guest cannot be powered off', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.stopError': 'stuck' } });
    expectProblem(await retained.remove(id), {
      status: 503,
      code: 'engine_failed',
      detail: 'retain failed: stuck',
    });
    expect(await tenant.details(id)).toMatchObject({
      status: 'running',
      statusReason: 'retain failed: stuck',
    });
    expect(await retained.list()).toEqual([]);
  });

  it('continues while the engine is down; meanwhile, an undelete is refused and a delete at once goes first', async () => {
    const { id } = await tenant.createRunning({
      metadata: { 'simulate.stopRetryableError': 'host is down' },
    });
    const waiting = await retained.remove(id);
    expect([waiting.status, waiting.body]).toEqual([202, expect.objectContaining({ status: 'running' })]);
    const problem = expectProblem(await retained.undelete(id), { status: 409, code: 'instance_not_deleted' });
    expect(problem).toMatchObject({ currentStatus: 'running', acceptedStatuses: ['deleted'] });
    expect(waiting.headers.get('operation-location')).toContain(String(problem['operationId']));
    const repeated = await retained.remove(id, '?retain=PT1H');
    expect([repeated.status, repeated.headers.get('operation-location')]).toEqual([
      202,
      waiting.headers.get('operation-location'),
    ]);
    expect((await retained.remove(id, '?retain=PT0S&force=true')).status).toBe(204);
    expectProblem(await tenant.get(`/instances/${id}?deleted=true`), INSTANCE_MISSING);
  });
});
