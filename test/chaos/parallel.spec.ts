import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { startApp, type TestApp } from '../support/app';
import { Database } from '../../src/platform/database';
import { DATABASE_KIND } from '../support/database';
import { miscounted } from '../support/ledger';

describe(`parallel requests on the ${DATABASE_KIND} database`, () => {
  let app: TestApp;
  let tenant: Client;

  beforeAll(async () => {
    app = await startApp({ environment: { PROVISION_DELAY_MS: '200' } });
    tenant = new Client(app.url, 'tenant-a');
  });
  afterAll(async () => {
    const wrong = await miscounted(app.app.get(Database));
    await app.close();
    expect(wrong).toEqual([]);
  });

  it('lets one of 50 parallel stops win and updates the row once', async () => {
    const { id, version } = await tenant.createRunning({ metadata: { 'simulate.stopDelayMs': '50' } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => tenant.post<Record<string, unknown>>(`/instances/${id}/stop`)),
    );
    const won = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(won).toHaveLength(1);
    expect(won[0]?.body['status']).toBe('stopped');
    expect(refused).toHaveLength(49);
    for (const { status, body } of refused) {
      expect([status, body['detail']]).toEqual(
        status === 409 ? [409, 'Instance is busy'] : [400, 'Instance is not running'],
      );
    }
    const { body } = await tenant.get<Instance>(`/instances/${id}`);
    expect(body).toMatchObject({ status: 'stopped', version: version + 2 });
    const stops = (await tenant.operationsOf(id)).filter(({ type }) => type === 'stop');
    expect(stops).toMatchObject([{ status: 'succeeded', attempts: 1 }]);
  });

  it('brings all instances of 200 parallel creates to running', async () => {
    const other = new Client(app.url, 'tenant-b');
    const created = await Promise.all(
      Array.from({ length: 200 }, (_, index) => other.create({ name: `web-${index}` })),
    );
    for (const { id } of created) await other.reaches(id, 'running', { withinMs: 30_000 });
    const { body } = await other.get<{ instances: readonly Instance[] }>('/instances');
    expect(new Set(body.instances.map(({ id }) => id))).toEqual(new Set(created.map(({ id }) => id)));
  });

  it('deletes an instance once on 20 parallel deletes and leaves nothing behind', async () => {
    const { id } = await tenant.createStopped();
    const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.delete(`/instances/${id}`)));
    expect(answers.map(({ status }) => status).filter((status) => status !== 404 && status !== 204)).toEqual(
      [],
    );
    expect(answers.some(({ status }) => status === 204)).toBe(true);
    await tenant.isGone(id);
  });
});
