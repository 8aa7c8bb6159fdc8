import type { Instance } from '../../src/compute/instances';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const PROTECTED = { status: 409, code: 'deletion_protected' };

describe('deletion protection', () => {
  const app = useApp();

  it('is off by default', async () => {
    const tenant = app.as(newTenant());
    expect((await tenant.create()).deletionProtection).toBe(false);
    expect((await tenant.create({ deletionProtection: true })).deletionProtection).toBe(true);
  });

  it.each(['', '?force=true'])('refuses DELETE%s until it is turned off', async (query) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped({ deletionProtection: true });
    expectProblem(await tenant.delete(`/instances/${id}${query}`), PROTECTED);
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({ id, deletionProtection: true });
    const patched = await tenant.patch<Instance>(`/instances/${id}`, { deletionProtection: false });
    expect([patched.status, patched.body.deletionProtection]).toEqual([200, false]);
    expect((await tenant.delete(`/instances/${id}${query}`)).status).toBe(204);
  });

  it('is reported before the status of a running instance', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    await tenant.patch(`/instances/${id}`, { deletionProtection: true });
    expectProblem(await tenant.delete(`/instances/${id}`), PROTECTED);
    expect((await tenant.post(`/instances/${id}/stop`)).status).toBe(200);
  });

  it('is respected by a concurrent delete unless the delete came first', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped();
    const [patched, deleted] = await Promise.all([
      tenant.patch<Instance>(`/instances/${id}`, { deletionProtection: true }),
      tenant.delete(`/instances/${id}`),
    ]);
    const isGone = (await tenant.get(`/instances/${id}`)).status === 404;
    if (patched.status === 200 && deleted.status === 409) expect(isGone).toBe(false);
    else expect([deleted.status, isGone]).toEqual([204, true]);
  });

  it.each(['true', null, 1, {}])('refuses %j as its value', async (deletionProtection) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.create();
    for (const answer of [
      await tenant.patch(`/instances/${id}`, { deletionProtection }),
      await tenant.post('/instances', { name: 'web', flavor: 'small', deletionProtection }),
    ]) {
      expectProblem(answer, { status: 400, code: 'validation_failed' });
    }
  });
});
