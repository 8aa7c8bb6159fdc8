import { DOCS_PATH, OPENAPI_PATH } from '../../src/documents';
import type { Instance } from '../../src/compute/instances';
import { OPERATOR_SCHEME, TENANT_SCHEME } from '../../src/access/tenancy';
import { CONSOLE_PATH } from '../../src/web';
import type { Delivery, Webhook } from '../../src/compute/webhooks/webhook';
import { CatalogDirectory } from '../support/catalog';
import { Client, type ApiResponse } from '../support/client';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import {
  requestExampleOf,
  readDocument,
  routesOf,
  type DocumentedRoute,
  type OpenAPIObject,
} from '../support/openapi';
import { fill, type Owned } from '../support/owned';
import { expectProblem, type ExpectedProblem } from '../support/problem';
import { Snapshots, type SnapshotList } from '../support/snapshots';
import { registeredRoutes } from '../support/routes';
import { useApp } from '../support/use-app';

const OWNER = 'the-owner';

/** Queries that routes require. */
const QUERIES: Readonly<Record<string, string>> = {
  '/api/v1/compute/instances/{id}/wait': '?status=stopped&timeoutSeconds=0',
  '/api/v1/compute/operations/{id}/wait': '?timeoutSeconds=0',
};
/** Never ends and shows no earlier events, so it has its own test. */
const isStream = ({ path }: DocumentedRoute): boolean => path === '/api/v1/compute/events';

/** Returns only numbers, and refuses a stopped instance. */
const isNumbers = ({ path }: DocumentedRoute): boolean => path.endsWith('/stats');

/** All routes that need no tenant. */
const PUBLIC = [
  'GET /api/errors',
  'GET /api/v1/compute/flavors',
  'GET /api/v1/compute/flavors/{name}',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
];

/** Tenant headers other than the owner's, including similar ones. */
const STRANGERS: readonly (string | undefined)[] = [
  'stranger',
  undefined,
  '',
  'default',
  OWNER.toUpperCase(),
  `${OWNER}-`,
  OWNER.slice(0, -1),
];

const isItem = ({ path }: DocumentedRoute): boolean => path.includes('{');
const isOfTenant = ({ operation }: DocumentedRoute): boolean =>
  operation.security?.some((scheme) => TENANT_SCHEME in scheme) === true;

/** Tenant routes may also list the operator scheme if they show operators more. */
const isOfOperator = (route: DocumentedRoute): boolean =>
  !isOfTenant(route) && route.operation.security?.some((scheme) => OPERATOR_SCHEME in scheme) === true;

/** Webhooks, snapshots and images of other tenants do not exist. */
function refusalOf({ path }: DocumentedRoute): ExpectedProblem {
  if (path.startsWith('/api/v1/compute/webhooks/')) return { status: 404, code: 'webhook_not_found' };
  if (path.startsWith('/api/v1/compute/images/')) return { status: 404, code: 'unknown_image' };
  if (path.startsWith('/api/v1/compute/snapshots/')) return { status: 404, code: 'snapshot_not_found' };
  return { status: 403, code: 'access_denied', detail: 'Access denied' };
}

const takes = ({ operation }: DocumentedRoute, parameter: string): boolean =>
  (operation.parameters ?? []).some((other) => 'name' in other && other.name === parameter);

describe('tenant isolation on every route of the OpenAPI document', () => {
  const catalog = new CatalogDirectory([
    { id: 'image-that-is-secret', name: 'name-that-is-secret', tenants: [OWNER] },
    { id: 'image-for-all' },
  ]);
  const app = useApp({
    environment: {
      IMAGES_FILE: catalog.file,
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      WEBHOOK_RETRY_SECONDS: '3600',
    },
  });
  let document: OpenAPIObject;
  let owner: Client;
  let owned: Owned;
  let secrets: readonly string[];

  const look = async (): Promise<Owned> => {
    const { body } = await owner.get<{ instances: readonly [Instance] }>('/instances');
    const [instance] = body.instances;
    const [webhook] = (await owner.get<{ webhooks: readonly [Webhook] }>('/webhooks')).body.webhooks;
    const path = `/webhooks/${webhook.id}/deliveries?limit=1`;
    const page = await owner.get<{ deliveries: readonly [Delivery] }>(path);
    const { snapshots } = (await owner.get<SnapshotList>('/snapshots')).body;
    const operations = await owner.operationsOf(instance.id);
    const { body: image } = await owner.get<Owned['image']>('/images/own-that-is-secret');
    return { instance, webhook, delivery: page.body.deliveries[0], operations, snapshots, image };
  };

  beforeAll(async () => {
    document = await readDocument(app.url);
    owner = app.as(OWNER);
    const url = 'http://127.0.0.1:9/?url-that-is-secret';
    const webhook = await owner.post<Webhook>('/webhooks', { url, types: ['create.requested'] });
    const { id } = await owner.createStopped({
      name: 'name-that-is-secret',
      imageId: 'image-that-is-secret',
      metadata: { 'key-that-is-secret': 'value-that-is-secret' },
      networkIds: ['network-that-is-secret'],
      volumeIds: ['volume-that-is-secret'],
    });
    await eventually(async () => {
      const { text } = await owner.get(`/webhooks/${webhook.body.id}/deliveries`);
      expect(text).toContain('ECONNREFUSED');
    });
    const { id: snapshotId } = await new Snapshots(owner).taken(id, { name: 'name-that-is-secret' });
    await owner.post('/images', { snapshotId, id: 'own-that-is-secret', name: 'name-that-is-secret' });
    const schedule = { cron: '0 0 1 1 *', keep: { last: 1 } };
    await owner.send('PUT', `/instances/${id}/snapshot-schedule`, schedule);
    owned = await look();
    const { instance, delivery, operations, snapshots } = owned;
    const ids = [instance, owned.webhook, delivery, ...operations, ...snapshots].map((each) => each.id);
    secrets = ['that-is-secret', `"${OWNER}"`, ...ids];
  });

  afterAll(() => catalog.remove());

  /** Calls a route as another tenant with the documented example body. */
  const call = (
    route: DocumentedRoute,
    stranger: string | undefined,
    query = '',
  ): Promise<ApiResponse<unknown>> => {
    const body = requestExampleOf(document, route.operation);
    return new Client(app.url, '').request(
      `${fill(route.path, owned)}${query || (QUERIES[route.path] ?? '')}`,
      {
        method: route.method,
        headers: {
          ...(stranger !== undefined && { 'X-Tenant-ID': stranger }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
    );
  };

  const isTold = (route: DocumentedRoute, answer: ApiResponse<unknown>): readonly string[] => {
    // A refusal contains the requested path; only the rest is checked.
    const text = answer.text.replace(`"instance":"${fill(route.path, owned)}"`, '');
    return secrets.filter((secret) => text.includes(secret));
  };

  it('prevents other tenants from reading, changing or deleting the owner’s resources', async () => {
    const routes = routesOf(document).filter((route) => isOfTenant(route) && !isStream(route));
    expect(routes.filter(isItem).length).toBeGreaterThanOrEqual(14);
    expect(routes.filter((route) => takes(route, 'force'))).toHaveLength(1);
    for (const route of routes) {
      const queries = takes(route, 'force') ? ['', '?force=true'] : [''];
      for (const stranger of STRANGERS) {
        for (const query of queries) {
          const answer = await call(route, stranger, query);
          const what = `${route.method} ${route.path}${query} as ${String(stranger)}`;
          expect({ what, told: isTold(route, answer) }).toEqual({ what, told: [] });
          if (isItem(route)) {
            expectProblem(answer, refusalOf(route));
          }
        }
      }
    }
    expect(await look()).toEqual(owned);
  });

  it('refuses parameters that ask for other tenants on every list, and reveals nothing', async () => {
    const routes = routesOf(document).filter(
      (route) => takes(route, 'allTenants') || takes(route, 'tenantId'),
    );
    const lists = routes.filter((route) => route.method === 'GET' && isOfTenant(route));
    expect(lists.map(({ path }) => path)).toEqual(['/api/v1/compute/instances', '/api/v1/compute/snapshots']);
    for (const route of lists) {
      for (const stranger of [...STRANGERS, OWNER]) {
        for (const query of [
          '?allTenants=true',
          `?tenantId=${OWNER}`,
          `?limit=1&tenantId=${OWNER}&name=web`,
        ]) {
          const answer = await call(route, stranger, query);
          expectProblem(answer, { status: 403, code: 'operator_required' });
          expect(isTold(route, answer)).toEqual([]);
        }
      }
    }
  });

  it('limits operator routes to operators and reveals nothing to others', async () => {
    const routes = routesOf(document).filter(isOfOperator);
    expect(
      routes.map(({ method, path }) => `${method} ${path.replace('/api/v1/compute', '')}`).sort(),
    ).toEqual([
      'DELETE /flavors/{name}',
      'DELETE /warm-pools/{name}',
      'GET /audit',
      'GET /orphans',
      'GET /quotas/{tenantId}',
      'GET /tenants',
      'GET /warm-pools',
      'GET /warm-pools/{name}',
      'PATCH /flavors/{name}',
      'POST /flavors',
      'PUT /quotas/{tenantId}',
      'PUT /warm-pools/{name}',
    ]);
    for (const route of routes) {
      for (const stranger of [...STRANGERS, OWNER]) {
        const answer = await call(route, stranger);
        expectProblem(answer, { status: 403, code: 'operator_required' });
        expect(isTold(route, answer)).toEqual([]);
      }
    }
  });

  it('shows the owner the values that other tenants must not see', async () => {
    const lists = routesOf(document).filter(
      (route) => isOfTenant(route) && route.method === 'GET' && !isStream(route) && !isNumbers(route),
    );
    for (const route of lists) {
      const answer = await call(route, OWNER);
      expect([route.path, answer.status]).toEqual([route.path, 200]);
      expect(isTold(route, answer)).not.toEqual([]);
    }
  });

  it('does not stream the owner’s events to other tenants, even after the owner’s event ID', async () => {
    const begin = await new EventSource(OWNER).connect(app.url);
    const streams: EventSource[] = [];
    for (const stranger of ['stranger', 'default', OWNER.toUpperCase(), `${OWNER}-`]) {
      streams.push(await new EventSource(stranger, begin.lastId).connect(app.url));
    }
    await owner.createStopped({ name: 'name-that-is-secret' });
    await eventually(() => expect(begin.received).toHaveLength(4));
    for (const stream of streams) {
      // After its own event, any others would have arrived by now.
      const tenant = app.as(stream.tenantId);
      const { id } = await tenant.create();
      await eventually(() => expect(stream.received.length).toBeGreaterThan(0));
      expect(new Set(stream.received.map(({ event }) => event.instanceId))).toEqual(new Set([id]));
      await stream.close();
    }
    await begin.close();
    await owner.delete(`/instances/${begin.received[0]?.event.instanceId ?? ''}`);
  });

  it('lists for another tenant only its own resources', async () => {
    const stranger = app.as('stranger-with-an-instance');
    const { id } = await stranger.create();
    for (const path of ['/instances', '/operations']) {
      const { text } = await stranger.get(path);
      expect(text).toContain(id);
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  it('has no other public routes', () => {
    const open = routesOf(document).filter((route) => !isOfTenant(route) && !isOfOperator(route));
    expect(open.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(PUBLIC);
  });

  it('covers every route of the application', () => {
    const documented = routesOf(document).map(({ method, path }) => `${method} ${path}`);
    const isOfPages = (route: string): boolean =>
      [DOCS_PATH, OPENAPI_PATH, CONSOLE_PATH].some((path) => route.startsWith(`GET /${path}`));
    const served = registeredRoutes(app.running.app).filter((route) => !isOfPages(route));
    expect(served.toSorted()).toEqual(documented.toSorted());
  });
});
