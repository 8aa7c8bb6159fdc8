import request from 'supertest';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';

const app = useApp();

describe('health', () => {
  const get = <T>(path: string) => app.as('nobody').request<T>(path);

  it('responds exactly like the original service', async () => {
    for (const headers of [{}, { 'X-Tenant-ID': 'not a tenant at all!' }]) {
      await request(app.running.server)
        .get('/health')
        .set(headers)
        .expect(200, '{"status":"healthy","service":"compute-service"}')
        .expect('Content-Type', 'application/json; charset=utf-8');
    }
  });

  it('reports the uptime of the process', async () => {
    const { status, body } = await get<{ uptimeSeconds: number }>('/health/live');
    expect([status, body]).toEqual([200, { status: 'live', uptimeSeconds: body.uptimeSeconds }]);
    expect(Number.isInteger(body.uptimeSeconds)).toBe(true);
  });

  it('reports the state of every dependency', async () => {
    const { status, body } = await get<{ checks: { database: { detail: string } } }>('/health/ready');
    expect(status).toBe(200);
    const { detail } = body.checks.database;
    expect(detail).toMatch(/^(postgres|embedded), schema \d+$/);
    expect(body).toEqual({
      status: 'ready',
      checks: {
        process: { status: 'up' },
        database: { status: 'up', detail },
        worker: { status: 'up' },
        'driver:simulated': { status: 'up', detail: 'simulated' },
        network: { status: 'disabled' },
        storage: { status: 'disabled' },
        monitoring: { status: 'disabled' },
      },
    });
  });
});

describe('metrics', () => {
  /** Values by series, e.g. `compute_instances{status="running"}`. */
  const scrape = async (): Promise<ReadonlyMap<string, number>> => {
    const { status, headers, text } = await app.as('nobody').request('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^text\/plain;.* version=0\.0\.4/);
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const [, series = '', value] = /^(.+) (\S+)$/.exec(line) ?? [];
        expect(series).toContain('service="compute-service"');
        const own = series.replace(/service="compute-service",?/, '').replace(/,(?=})|{}$/, '');
        return [own, Number(value)];
      }),
    );
  };

  // Instance counts are cached, so this test must be the first to scrape.
  it('count instances by status and operations by type and result', async () => {
    const tenant = app.as(newTenant());
    await tenant.createStopped();
    await tenant.createRunning();
    const failing = await tenant.create({ metadata: { 'simulate.createError': 'no host' } });
    await tenant.reaches(failing.id, 'error');
    const forever = await tenant.create({ metadata: { 'simulate.createDelayMs': '3600000' } });
    await eventually(async () => {
      expect((await tenant.operationsOf(forever.id))[0]?.status).toBe('running');
    });
    const metrics = await scrape();
    const count = (status: string) => metrics.get(`compute_instances{status="${status}"}`);
    expect(['creating', 'running', 'stopped', 'restarting', 'error'].map(count)).toEqual([1, 1, 1, 0, 1]);
    const ended = (labels: string) => metrics.get(`compute_operations_total{${labels}}`);
    expect(ended('type="create",result="succeeded"')).toBe(2);
    expect(ended('type="create",result="failed"')).toBe(1);
    expect(ended('type="stop",result="succeeded"')).toBe(1);
    expect(metrics.get('compute_queue_depth{status="running"}')).toBe(1);
    expect(metrics.get('compute_queue_depth{status="pending"}')).toBe(0);
    expect(metrics.get('compute_queue_age_seconds')).toBe(0);
    await tenant.delete(`/instances/${forever.id}`);
    await eventually(async () => {
      expect((await scrape()).get('compute_operations_total{type="create",result="cancelled"}')).toBe(1);
    });
  });

  it('label request durations by route pattern, never by client input', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createStopped();
    await tenant.get(`/instances/${id}`);
    await tenant.get('/instances/no-uuid');
    await tenant.get('/no/such/route');
    await tenant.request('/metrics', { method: 'PURGE' });
    await tenant.send('DELETE', `/instances/${id}`);
    const metrics = await scrape();
    const counted = (labels: string) => metrics.get(`http_request_duration_seconds_count{${labels}}`);
    const route = 'route="/api/v1/compute/instances';
    expect(counted(`method="POST",${route}",status="201"`)).toBeGreaterThan(0);
    expect(counted(`method="GET",${route}/:id",status="200"`)).toBeGreaterThan(0);
    expect(counted(`method="GET",${route}/:id",status="404"`)).toBe(1);
    expect(counted(`method="POST",${route}/:id/stop",status="200"`)).toBeGreaterThan(0);
    expect(counted(`method="DELETE",${route}/:id",status="204"`)).toBeGreaterThan(0);
    expect(counted('method="GET",route="unmatched",status="404"')).toBe(1);
    expect(counted('method="other",route="unmatched",status="405"')).toBe(1);
    const text = [...metrics.keys()].join('\n');
    expect(text).not.toMatch(/no-uuid|such|PURGE|tenant-\d/);
    expect(text).not.toContain(id);
  });

  it('include metrics of the process', async () => {
    const metrics = await scrape();
    expect(metrics.get('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(metrics.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
    const [name] = [...metrics.keys()].filter((series) =>
      /^http_request_duration_seconds_bucket/.test(series),
    );
    expect(name).toContain('le="0.001"');
  });
});
