import { eventually } from '../support/eventually';
import { newTenant } from '../support/use-app';
import { useEngine } from '../support/use-engine';

describe('an engine outage longer than the retries of operations', () => {
  const suite = useEngine({ OPERATION_MAX_ATTEMPTS: '2', WORKER_POLL_MS: '50' });

  it.each(['start', 'restart'])(
    'leads to error, then to stopped after recovery, and a start succeeds: %s',
    async (action) => {
      const tenant = suite.app.as(newTenant());
      const { id } = await tenant.createStopped();
      const machine = new RegExp(`/machines/${id}`);
      await suite.engine.fail('error500', { path: machine });
      await tenant.post(`/instances/${id}/${action}`, undefined, { Prefer: 'wait=0' });
      await tenant.reaches(id, 'error', { withinMs: 20_000 });
      await suite.round();
      expect((await tenant.get<{ status: string }>(`/instances/${id}`)).body.status).toBe('error');

      await suite.engine.heal();
      await suite.round();

      const { body } = await tenant.get<{ status: string; statusReason: string }>(`/instances/${id}`);
      expect(body).toMatchObject({
        status: 'stopped',
        statusReason: `${action} failed: the tiny engine answers 500`,
      });
      const started = await tenant.post<{ status: string }>(`/instances/${id}/start`);
      expect([started.status, started.body.status]).toEqual([200, 'running']);
    },
  );

  it('leads to error without published ports, and to those that the engine reports after recovery', async () => {
    const tenant = suite.app.as(newTenant());
    const asked = { port: 80, protocol: 'tcp' } as const;
    const ports = [{ ...asked, address: '127.0.0.1', hostPort: 10_080 }];
    const { id, ports: before } = await tenant.createRunning({ vm: { ports: [asked] } });
    expect(before).toEqual(ports);
    await suite.engine.fail('error500', { path: new RegExp(`/machines/${id}`) });
    await tenant.post(`/instances/${id}/stop`, undefined, { Prefer: 'wait=0' });
    expect((await tenant.reaches(id, 'error', { withinMs: 20_000 })).ports).toEqual([]);

    await suite.engine.heal();
    suite.engine.put(id, { presence: 'present', power: 'running', ports });
    await suite.round();

    expect((await tenant.reaches(id, 'running')).ports).toEqual(ports);
  });

  it('keeps a delete pending until recovery', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createStopped();
    await suite.engine.fail('error500', { method: 'DELETE' });
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(202);
    await eventually(
      async () => {
        expect((await tenant.operationsOf(id))[0]).toMatchObject({ type: 'delete', attempts: 3 });
      },
      { withinMs: 20_000 },
    );
    expect((await tenant.get<{ statusReason: string }>(`/instances/${id}`)).body.statusReason).toMatch(
      /^delete will be retried in \d+ s; attempt \d+ failed: the tiny engine answers 500$/,
    );

    await suite.engine.heal();

    await tenant.isGone(id, { withinMs: 20_000 });
    expect(suite.engine.machines.has(id)).toBe(false);
  });

  it('leaves an instance stopped if its restart fails but its state can be read', async () => {
    const tenant = suite.app.as(newTenant());
    const { id } = await tenant.createStopped();
    await suite.engine.fail('error500', { method: 'PUT' });
    await tenant.post(`/instances/${id}/restart`);
    await eventually(async () => {
      const { body } = await tenant.get(`/instances/${id}`);
      expect(body).toMatchObject({
        status: 'stopped',
        statusReason: 'restart failed: the tiny engine answers 500',
      });
    });
  });
});
