import type { Instance } from '../../src/compute/instances';
import { Client, type RequestHeaders } from '../support/client';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/problem';
import { ServiceProcess } from '../support/service';
import { withTitles } from '../support/with-titles';
import { newTenant, useApp } from '../support/use-app';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('behind the gateway', () => {
  const app = useApp();

  describe('a POST without a body', () => {
    it.each([
      ['the JSON null that the gateway makes of it', 'null', { 'Content-Type': 'application/json' }],
      ['null with a charset', 'null', { 'Content-Type': 'application/json; charset=UTF-8' }],
      ['an empty object', '{}', { 'Content-Type': 'application/json' }],
      ['nothing', undefined, {}],
      ['nothing, but a content type', undefined, { 'Content-Type': 'application/json' }],
      ['an empty body', '', { 'Content-Type': 'application/json' }],
      ['an empty body of no type', '', {}],
    ])('accepts %s', async (_, body, headers) => {
      const tenant = app.as(newTenant());
      const { id } = await tenant.createRunning();
      const call = (verb: string) =>
        tenant.request<Instance>(`/api/v1/compute/instances/${id}/${verb}`, {
          method: 'POST',
          headers: { 'X-Tenant-ID': tenant.tenantId, ...headers },
          // `fetch` adds a content type to text, but not to bytes.
          ...(body !== undefined && { body: new TextEncoder().encode(body) }),
        });
      const statuses = [];
      for (const verb of ['stop', 'start', 'stop', 'restart']) {
        const { status, body: instance } = await call(verb);
        statuses.push([verb, status, instance.status]);
      }
      expect(statuses).toEqual([
        ['stop', 200, 'stopped'],
        ['start', 200, 'running'],
        ['stop', 200, 'stopped'],
        ['restart', 200, 'restarting'],
      ]);
    });
  });

  describe('X-Request-ID', () => {
    const ask = (path: string, headers: RequestHeaders = {}) => app.as(newTenant()).get(path, headers);

    it.each(withTitles(['a', '5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1', 'A.b_c:d-9', 'x'.repeat(128)]))(
      'is kept: %s',
      async (_, id) => {
        for (const path of ['/flavors', '/instances', '/instances/no-uuid', '/nothing', '/flavors/%ff']) {
          const answer = await ask(path, { 'X-Request-ID': id });
          expect(answer.headers.get('x-request-id')).toBe(id);
          if (answer.status >= 400) {
            expect(expectProblem(answer, { status: answer.status }).requestId).toBe(id);
          }
        }
      },
    );

    it.each(withTitles([undefined, '', 'a b', 'a,b', '"quoted"', '<script>', 'x'.repeat(129), 'ä', '{}']))(
      'is generated if it is %s',
      async (_, given) => {
        for (const path of ['/flavors', '/instances/no-uuid', '/nothing']) {
          const { headers } = await ask(path, { 'X-Request-ID': given });
          expect(headers.get('x-request-id')).toMatch(UUID);
        }
      },
    );

    it('is different for every request', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/flavors')));
      expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(20);
    });
  });

  it('sends every response with a Content-Length, neither chunked nor compressed', async () => {
    const tenant = app.as(newTenant());
    const metadata = { filler: 'x'.repeat(1000) };
    const made = await Promise.all(Array.from({ length: 100 }, () => tenant.create({ metadata })));
    const [first] = made;
    const instances = '/api/v1/compute/instances';
    const headers = {
      'X-Tenant-ID': tenant.tenantId,
      'Content-Type': 'application/json',
      'Accept-Encoding': 'gzip, deflate, br, zstd',
    };
    const requests: readonly [method: string, path: string, body?: string][] = [
      ['GET', '/health'],
      ['GET', '/health/live'],
      ['GET', '/health/ready'],
      ['GET', '/metrics'],
      ['GET', '/api/docs'],
      ['GET', '/api/docs/swagger-ui-bundle.js'],
      ['GET', '/api/docs/swagger-ui-init.js'],
      ['GET', '/api/openapi.json'],
      ['GET', '/api/v1/compute/flavors'],
      ['GET', '/api/v1/compute/operations'],
      ['GET', instances],
      ['GET', `${instances}/${first?.id ?? ''}`],
      ['GET', `${instances}/nothing`],
      ['GET', '/nothing'],
      ['POST', instances, '{"name":"web","flavor":"small"}'],
      ['POST', instances, '{'],
      ['PATCH', `${instances}/${first?.id ?? ''}`, '{"name":"web"}'],
      ['POST', `${instances}/${first?.id ?? ''}/start`, 'null'],
    ];
    for (const [method, path, body] of requests) {
      const answer = await tenant.request(path, { method, headers, ...(body !== undefined && { body }) });
      const sent = (name: string) => answer.headers.get(name);
      expect([path, sent('transfer-encoding'), sent('content-encoding')]).toEqual([path, null, null]);
      expect([path, sent('content-length')]).toEqual([path, String(Buffer.byteLength(answer.text))]);
    }
  });

  it('sends security headers and none that name the server software', async () => {
    const policies = {
      '/health': "default-src 'none';frame-ancestors 'none'",
      '/api/v1/compute/instances': "default-src 'none';frame-ancestors 'none'",
      '/nothing': "default-src 'none';frame-ancestors 'none'",
      '/API/errorsx': "default-src 'none';frame-ancestors 'none'",
      '/api/docs': "default-src 'self';",
      '/API/Docs/': "default-src 'self';",
      '/Api/Errors?x': "default-src 'self';",
    };
    for (const [path, policy] of Object.entries(policies)) {
      const { headers } = await app.as('nobody').request(path);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('content-security-policy')).toContain(policy);
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('answers HEAD like GET, without a body', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    for (const path of ['/flavors', '/instances', `/instances/${id}`, '/instances/no-uuid', '/operations']) {
      const [get, head] = [await tenant.get(path), await tenant.send('HEAD', path)];
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      for (const name of ['content-type', 'etag', 'link']) {
        expect(head.headers.get(name)).toBe(get.headers.get(name));
      }
      expect(head.headers.get('content-length')).toMatch(/^\d+$/);
    }
  });

  it('refuses OPTIONS unless CORS_ORIGINS is set', async () => {
    const tenant = app.as(newTenant());
    const preflight = { Origin: 'http://elsewhere.example', 'Access-Control-Request-Method': 'POST' };
    for (const [path, status] of [
      ['/instances', 405],
      ['/flavors', 405],
      ['/nothing', 404],
    ] as const) {
      const answer = await tenant.send('OPTIONS', path, undefined, preflight);
      expectProblem(answer, { status });
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('the log of the service', () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await ServiceProcess.start({ ...database.environment, PROVISION_DELAY_MS: '0' });
  });
  afterAll(async () => {
    await service.stop();
    await database.remove();
  });

  it('has one line per request, and the request ID in every line that the request caused', async () => {
    const tenant = new Client(service.url, 'tenant-of-the-log');
    const request = {
      name: 'name-that-is-private',
      flavor: 'small',
      metadata: { 'simulate.createError': 'engine text', private: 'value-that-is-private' },
    };
    const headers = { 'X-Request-ID': 'request-of-the-log', Authorization: 'Bearer token-that-is-private' };
    const { body } = await tenant.post<Instance>('/instances', request, headers);
    await tenant.reaches(body.id, 'error');
    const lines = await eventually(() => {
      const found = service.log.filter((line) => line['requestId'] === 'request-of-the-log');
      expect(found.map(({ msg }) => msg).sort()).toEqual(['an attempt failed', 'request']);
      return found;
    });
    expect(lines.find(({ msg }) => msg === 'request')).toMatchObject({
      level: 'info',
      service: 'compute-service',
      tenantId: 'tenant-of-the-log',
      method: 'POST',
      path: '/api/v1/compute/instances',
      route: '/api/v1/compute/instances',
      status: 201,
    });
    expect(lines.find(({ msg }) => msg === 'an attempt failed')).toMatchObject({
      level: 'warn',
      tenantId: 'tenant-of-the-log',
      instanceId: body.id,
      type: 'create',
    });
    expect(JSON.stringify(service.log)).not.toContain('that-is-private');
  });

  it('contains the problem code of a refused request but no query', async () => {
    const tenant = new Client(service.url, 'tenant-of-the-log');
    await tenant.get('/instances?name=query-that-is-private&colour=red', { 'X-Request-ID': 'refused' });
    const line = await eventually(() => {
      const found = service.log.find(({ requestId }) => requestId === 'refused');
      if (!found) throw new Error('not logged yet');
      return found;
    });
    expect(line).toMatchObject({
      status: 400,
      problem: 'validation_failed',
      path: '/api/v1/compute/instances',
    });
    expect(typeof line['durationMs']).toBe('number');
    expect(JSON.stringify(service.log)).not.toContain('that-is-private');
  });

  it('cannot be forged by line breaks or flooded by long paths', async () => {
    const forged = '\n{"level":"fatal","msg":"forged"}\r\n';
    const tenant = new Client(service.url, 'tenant-of-the-log');
    const metadata = { 'simulate.createError': `engine text${forged}`, [forged]: forged };
    const { id } = await tenant.create({ name: `web${forged}`, metadata });
    await tenant.reaches(id, 'error');
    await tenant.get(`/${encodeURIComponent(forged)}${'x'.repeat(10_000)}`, { 'X-Request-ID': 'long' });
    const line = await eventually(() => {
      const found = service.log.find(({ requestId }) => requestId === 'long');
      if (!found) throw new Error('not logged yet');
      return found;
    });
    expect(line).toMatchObject({ status: 404, msg: 'request' });
    expect(String(line['path'])).toHaveLength(1000);
    expect(service.log.map(({ msg }) => msg)).not.toContain('forged');
  });
});
