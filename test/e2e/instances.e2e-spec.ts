import type { Instance } from '../../src/instances';
import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';

describe('instances', () => {
  let app: TestApp;
  let tenant: Client;

  beforeAll(async () => {
    app = await startApp();
    tenant = new Client(app.url, 'tenant-a');
  });
  afterAll(() => app.close());

  it('creates an instance that is creating first and running then', async () => {
    const { status, headers, body } = await tenant.post<Instance>('/instances', {
      name: 'web-server',
      flavor: 'medium',
      imageId: 'ubuntu-22.04',
      metadata: { application: 'nginx' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'creating', type: 'vm', tenantId: 'tenant-a', version: 1 });
    expect(headers.get('location')).toBe(`/api/v1/compute/instances/${body.id}`);
    await tenant.reaches(body.id, 'running');
  });
});
