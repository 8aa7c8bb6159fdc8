import type { Instance } from '../../src/instances';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const PROTECTED = { status: 409, code: 'deletion_protected' };

describe('deletion protection', () => {
  const app = useApp();

  it('is off unless it is asked for', async () => {
    const tenant = app.as(newTenant());
    expect((await tenant.create()).deletionProtection).toBe(false);
    expect((await tenant.create({ deletionProtection: true })).deletionProtection).toBe(true);
  });

  it.each(['', '?force=true'])('refuses DELETE%s until it is patched off', async (query) => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped({ deletionProtection: true });
    expectProblem(await tenant.delete(`/instances/${id}${query}`), PROTECTED);
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({ id, deletionProtection: true });
    const patched = await tenant.patch<Instance>(`/instances/${id}`, { deletionProtection: false });
    expect([patched.status, patched.body.deletionProtection]).toEqual([200, false]);
    expect((await tenant.delete(`/instances/${id}${query}`)).status).toBe(204);
  });

  it('says so before it says that the instance runs', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    await tenant.patch(`/instances/${id}`, { deletionProtection: true });
    expectProblem(await tenant.delete(`/instances/${id}`), PROTECTED);
    expect((await tenant.post(`/instances/${id}/stop`)).status).toBe(200);
  });

  it('holds against a deletion that was decided before it was switched on', async () => {
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

  it.each(['true', null, 1, {}])('refuses %j for a boolean', async (deletionProtection) => {
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
