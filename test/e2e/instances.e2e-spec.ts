import type { Instance } from '../../src/compute/instances';
import type { OperationDto as Operation } from '../../src/compute/operations/api/operation.dto';
import { plainDefaults } from '../../src/compute/instances/fields';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NOBODY = '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4';

describe('POST /instances', () => {
  const app = useApp();

  it('returns the whole instance in creating, which becomes running', async () => {
    const tenantId = newTenant();
    const tenant = app.as(tenantId);
    const request = {
      name: 'web-server',
      type: 'container',
      flavor: 'medium',
      imageId: 'ubuntu-22.04',
      metadata: { application: 'nginx', 'simulate.createDelayMs': '50' },
      networkIds: ['network-1', 'network-2'],
      volumeIds: ['volume-1'],
    };
    const before = Math.floor(Date.now() / 1000);
    const { status, body } = await tenant.post<Instance>('/instances', request);
    const after = Math.floor(Date.now() / 1000);
    expect(status).toBe(201);
    const { id, createdAt, updatedAt, ...rest } = body;
    expect(rest).toEqual({
      ...request,
      tenantId,
      status: 'creating',
      ports: [],
      addresses: [],
      statusReason: null,
      ...{ readiness: null, ready: null, readyAt: null },
      ...plainDefaults(),
      version: 1,
    });
    expect(id).toMatch(UUID_V7);
    expect(Number.isInteger(createdAt)).toBe(true);
    // createdAt comes from the database clock, which is the same in this test.
    expect(createdAt).toBeGreaterThanOrEqual(before - 1);
    expect(createdAt).toBeLessThanOrEqual(after + 1);
    expect(updatedAt).toBe(createdAt);
    const running = await tenant.reaches(id, 'running');
    const { addresses } = running;
    const address: unknown = expect.stringMatching(/^10(\.\d+){3}$/);
    expect(addresses).toEqual([{ address, family: 'ipv4', network: 'simulated', mac: null }]);
    expect(running).toEqual({
      ...body,
      status: 'running',
      addresses,
      version: 2,
      updatedAt: running.updatedAt,
    });
    expect(Number.isInteger(running.updatedAt)).toBe(true);
    expect(running.updatedAt).toBeGreaterThanOrEqual(createdAt);
  });

  it('defaults to type vm without image and attachments', async () => {
    const { body } = await app.as(newTenant()).post<Instance>('/instances', { name: 'web', flavor: 'small' });
    expect(body).toMatchObject({ type: 'vm', imageId: '', metadata: {}, networkIds: [], volumeIds: [] });
  });

  it('returns the instance, its version and the operation in headers', async () => {
    const tenant = app.as(newTenant());
    const { headers, body } = await tenant.post<Instance>('/instances', { name: 'web', flavor: 'small' });
    expect(headers.get('location')).toBe(`/api/v1/compute/instances/${body.id}`);
    expect(headers.get('etag')).toBe('"1"');
    const operation = await tenant.request<Operation>(headers.get('operation-location') ?? '', {
      headers: { 'X-Tenant-ID': tenant.tenantId },
    });
    expect(operation.body).toMatchObject({ instanceId: body.id, type: 'create' });
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
  ])('acts for the tenant default if the header is %s', async (_, header) => {
    const { status, body } = await app
      .as('default')
      .post<Instance>('/instances', { name: 'web', flavor: 'small' }, { 'X-Tenant-ID': header });
    expect([status, body.tenantId]).toEqual([201, 'default']);
  });

  it('keeps text and metadata exactly as they were sent', async () => {
    const tenant = app.as(newTenant());
    const name = '  Grüße, 世界 🚀 "quoted" \\ back\u0001  ';
    const metadata = { 'ключ 🔑': ' \n\t"; DROP TABLE instances; --', empty: '', toString: 'text' };
    const { id } = await tenant.create({ name, metadata, imageId: '🖼' });
    const { body } = await tenant.get<Instance>(`/instances/${id}`);
    expect(body).toMatchObject({ name, metadata, imageId: '🖼' });
  });

  it('accepts 64 pairs and keys, values and names of maximum length', async () => {
    const metadata: Record<string, string> = {};
    for (let index = 0; index < 64; index++) metadata[`${index}-`.padEnd(128, 'k')] = 'v'.repeat(1024);
    const request = { name: '🚀'.repeat(255), imageId: 'i'.repeat(255), metadata };
    expect(await app.as(newTenant()).create(request)).toMatchObject(request);
  });

  it('refuses an unknown flavor and lists the available ones', async () => {
    const tenant = app.as(newTenant());
    for (const flavor of ['huge', 'Small', '__proto__', 'constructor']) {
      const answer = await tenant.post('/instances', { name: 'web', flavor });
      const problem = expectProblem(answer, {
        status: 400,
        code: 'invalid_flavor',
        detail: 'Invalid flavor',
      });
      expect(problem['acceptedFlavors']).toEqual(['small', 'medium', 'large', 'xlarge']);
    }
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it.each([
    ['createNetwork', { cidr: '10.0.1.0/24' }, 'Network'],
    ['createVolume', { sizeGB: 50 }, 'Storage'],
  ])('refuses %s if its service is not configured', async (member, value, service) => {
    const tenant = app.as(newTenant());
    const answer = await tenant.post('/instances', { name: 'web', flavor: 'small', [member]: value });
    const { detail } = expectProblem(answer, { status: 400, code: 'integration_disabled' });
    expect(detail).toBe(`${member} needs the ${service} service, which is not configured`);
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it('creates many instances in parallel, each with its own ID', async () => {
    const tenant = app.as(newTenant());
    const created = await Promise.all(
      Array.from({ length: 40 }, (_, index) => tenant.create({ name: `web-${index}` })),
    );
    expect(new Set(created.map(({ id }) => id)).size).toBe(40);
    await eventually(async () => {
      const { body } = await tenant.get<{ instances: readonly Instance[] }>('/instances?status=running');
      expect(body.instances).toHaveLength(40);
    });
  });

  describe('GET /instances/{id}', () => {
    it('returns 304 without a body if the client has the current version', async () => {
      const tenant = app.as(newTenant());
      const { id, version } = await tenant.createRunning();
      const path = `/instances/${id}`;
      const tag = `"${version}"`;
      expect((await tenant.get(path)).headers.get('etag')).toBe(tag);
      for (const known of [tag, `W/${tag}`, `"1", ${tag}`, '*']) {
        const { status, text, headers } = await tenant.get(path, { 'If-None-Match': known });
        expect({ known, status, text, tag: headers.get('etag') }).toEqual({
          known,
          status: 304,
          text: '',
          tag,
        });
      }
      for (const stale of ['"1"', 'W/"1"', version.toString(), '""', '"no"', '"1", "99"']) {
        const { status, body } = await tenant.get<Instance>(path, { 'If-None-Match': stale });
        expect({ stale, status, id: body.id }).toEqual({ stale, status: 200, id });
      }
    });

    it('checks existence first, then the tenant, then the entity tag', async () => {
      const { id, version } = await app.as(newTenant()).createRunning();
      const other = app.as(newTenant());
      const tag = { 'If-None-Match': `"${version}"` };
      const denied = { status: 403, code: 'access_denied', detail: 'Access denied' };
      expectProblem(await other.get(`/instances/${id}`), denied);
      expectProblem(await other.get(`/instances/${id}`, tag), denied);
      const missing = { status: 404, code: 'instance_not_found', detail: 'Instance not found' };
      expectProblem(await other.get(`/instances/${NOBODY}`, tag), missing);
    });

    it('accepts an ID in uppercase', async () => {
      const tenant = app.as(newTenant());
      const { id } = await tenant.create();
      expect((await tenant.get<Instance>(`/instances/${id.toUpperCase()}`)).body.id).toBe(id);
    });

    it('uses the tenant default without a tenant header', async () => {
      const { id } = await app.as('default').create();
      const other = await app.as(newTenant()).create();
      const anonymous = { 'X-Tenant-ID': undefined };
      expect((await app.as('default').get(`/instances/${id}`, anonymous)).status).toBe(200);
      expect((await app.as('default').get(`/instances/${other.id}`, anonymous)).status).toBe(403);
    });
  });
});
