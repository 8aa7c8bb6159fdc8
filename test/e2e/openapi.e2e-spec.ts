import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findError } from '../../src/platform/errors/define-errors';
import { startApp } from '../support/app';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { parseJson } from '../support/json';
import {
  readDocument,
  requestExamplesOf,
  resolve,
  resolveResponse,
  routesOf,
  type OpenAPIObject,
} from '../support/openapi';
import { Platform } from '../support/platform';
import { Snapshots } from '../support/snapshots';
import { newTenant, useApp } from '../support/use-app';

/** As committed; `npm run check` compares it with the sources and lints it. */
const COMMITTED = readFileSync(join(__dirname, '..', '..', 'openapi.json'), 'utf8');
/** On average, so that the document stays readable. */
const MAX_BYTES_PER_OPERATION = 5_600;
/** A link to the explanation of a code, whose title is a sentence. */
const ERROR_LINK = /\[(\w+)\]\(\/api\/errors#(\w+) "[A-Z][^"`]+"\)/g;

/** The ID of the network and volume in the examples. */
const EXAMPLE_ID = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
/** That of the snapshot. */
const SNAPSHOT_ID = '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f';

describe('the OpenAPI document', () => {
  const app = useApp();
  let document: OpenAPIObject;

  beforeAll(async () => {
    document = await readDocument(app.url);
  });

  it('is the committed document, with the schemes of all modes', () => {
    expect(document).toEqual(parseJson(COMMITTED));
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual([
      'tenant',
      'gateway',
      'operator',
      'jwt',
    ]);
  });

  it(`has fewer than ${MAX_BYTES_PER_OPERATION} bytes per operation`, () => {
    const operations = COMMITTED.match(/"operationId"/g) ?? [];
    expect(Buffer.byteLength(COMMITTED) / operations.length).toBeLessThan(MAX_BYTES_PER_OPERATION);
  });

  it('names schemas as users of a client expect', () => {
    expect(COMMITTED).not.toMatch(/Dto\b/);
    const names = Object.keys(document.components?.schemas ?? {});
    expect(names).toEqual(expect.arrayContaining(['Instance', 'CreateInstance', 'Operation', 'Problem']));
  });

  it('gives every operation a unique ID, a summary and a tag', () => {
    const operations = routesOf(document).map(({ operation }) => operation);
    const names = operations.map(({ operationId }) => operationId);
    expect(names.every((name) => /^[a-z]+[A-Za-z]+$/.test(name ?? ''))).toBe(true);
    expect(new Set(names).size).toBe(names.length);
    expect(operations.every(({ summary, tags }) => (summary ?? '') !== '' && tags?.length === 1)).toBe(true);
  });

  it('gives every response with a body a schema', () => {
    for (const { method, path, operation } of routesOf(document)) {
      for (const [status, reference] of Object.entries(operation.responses)) {
        const where = `${method} ${path} ${status}`;
        const contents = Object.values(resolveResponse(document, reference).content ?? {});
        const isEmpty = status === '204' || status === '304';
        expect([where, contents.length > 0]).toEqual([where, !isEmpty]);
        for (const { schema } of contents)
          expect([where, schema && Object.keys(resolve(document, schema)).length > 0]).toEqual([where, true]);
      }
    }
  });

  it('links every code of every error response to its explanation', async () => {
    const page = await (await fetch(`${app.url}/api/errors`)).text();
    for (const { method, path, operation } of routesOf(document)) {
      const errors = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
      expect(errors).not.toEqual([]);
      for (const [status, reference] of errors) {
        const where = `${method} ${path} ${status}`;
        const { description, content } = resolveResponse(document, reference);
        const problem = { schema: { $ref: '#/components/schemas/Problem' } };
        expect([where, content]).toEqual([where, { 'application/problem+json': problem }]);
        const links = [...description.matchAll(ERROR_LINK)];
        expect([where, links.map(([link]) => link).join(', ')]).toEqual([where, description]);
        for (const [, text = '', anchor] of links) {
          expect([where, String(findError(text)?.status)]).toEqual([where, status]);
          expect(anchor).toBe(text);
          expect(page).toContain(`id="${text}"`);
        }
      }
    }
  });

  it('declares flags as booleans', () => {
    const parameters = routesOf(document).flatMap(({ operation }) => operation.parameters ?? []);
    const flags = parameters.filter(
      (each) => 'name' in each && ['force', 'deleted', 'dryRun', 'follow'].includes(each.name),
    );
    expect(flags).toHaveLength(18);
    for (const flag of flags) expect(flag).toMatchObject({ schema: { type: 'boolean', default: false } });
    expect(COMMITTED).not.toContain('"enum": ["true", "false"]');
  });

  it('documents every member of every schema', () => {
    for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
      for (const [member, property] of Object.entries(resolve(document, schema).properties ?? {})) {
        const isClear =
          '$ref' in property ||
          ['example', 'enum', 'allOf', 'items', 'description', 'default'].some((key) => key in property);
        expect([`${name}.${member}`, isClear]).toEqual([`${name}.${member}`, true]);
      }
    }
  });

  it('limits filters to their accepted values', () => {
    const list = routesOf(document).find(({ operation }) => operation.operationId === 'listInstances');
    const valuesOf = (name: string): unknown => {
      const parameter = list?.operation.parameters?.find((each) => 'name' in each && each.name === name);
      const schema = parameter && 'schema' in parameter ? parameter.schema : undefined;
      return schema && resolve(document, schema).enum;
    };
    expect(valuesOf('status')).toEqual(['creating', 'running', 'paused', 'stopped', 'restarting', 'error']);
    expect(valuesOf('type')).toEqual(['vm', 'container']);
  });

  it('has request examples that the service accepts', async () => {
    const platform = await Platform.start();
    const beside = await startApp({ environment: { ...platform.environment, OPERATOR_TOKEN: 'token' } });
    const tenant = new Client(beside.url, newTenant());
    platform.network.addNetwork(tenant.tenantId, { id: EXAMPLE_ID });
    platform.storage.addVolume(tenant.tenantId, { id: EXAMPLE_ID });
    const { id } = await tenant.createRunning();
    const webhook = { url: 'https://203.0.114.7/', types: ['*'] };
    const { body: created } = await tenant.post<{ id: string }>('/webhooks', webhook);
    const snapshot = await new Snapshots(tenant).taken(id);
    const routes = routesOf(document).filter(({ operation }) => operation.requestBody !== undefined);
    expect(routes.map(({ operation }) => operation.operationId).sort()).toEqual([
      'attachNetwork',
      'attachVolume',
      'createConsoleSession',
      'createFlavor',
      'createInstance',
      'createSnapshot',
      'createWebhook',
      'publishImage',
      'rebootInstance',
      'rebuildInstance',
      'resizeInstance',
      'restoreInstance',
      'setQuota',
      'setSnapshotSchedule',
      'setWarmPool',
      'updateFlavor',
      'updateInstance',
      'updateSnapshot',
      'updateWebhook',
    ]);
    for (const { method, path, operation } of routes) {
      const requests = requestExamplesOf(document, operation);
      expect(requests.length).toBeGreaterThan(0);
      for (const request of requests) {
        const answer = await tenant.request(
          path
            .replace('/webhooks/{id}', `/webhooks/${created.id}`)
            .replace('snapshots/{id}', `snapshots/${snapshot.id}`)
            .replace('{id}', id)
            .replace('{name}', 'small')
            .replace('{tenantId}', 'other'),
          {
            method,
            headers: {
              'X-Tenant-ID': tenant.tenantId,
              'Content-Type': 'application/json',
              Authorization: 'Bearer token',
            },
            body: JSON.stringify(request).replace(SNAPSHOT_ID, snapshot.id),
          },
        );
        await eventually(async () => {
          const open = (await tenant.operationsOf(id)).filter(({ finishedAt }) => finishedAt === null);
          expect(open).toEqual([]);
        });
        const success = /^(create|publish)/.test(operation.operationId ?? '') ? 201 : 200;
        expect({ request, status: answer.status, body: answer.body }).toMatchObject({
          request,
          status: success,
        });
        expect(Object.keys(parseJson<object>(JSON.stringify(request))).length).toBeGreaterThan(0);
      }
    }
    await beside.close();
    await platform.stop();
  });
});

describe('the root of the service', () => {
  const app = useApp();
  const get = (accept: string, path = '/'): Promise<Response> =>
    fetch(app.url + path, { headers: { Accept: accept }, redirect: 'manual' });

  it.each(['text/html', 'text/html,application/xhtml+xml,*/*;q=0.8'])(
    'redirects browsers to Swagger UI: %s',
    async (accept) => {
      const response = await get(accept);
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe('/api/docs');
      expect(response.headers.get('vary')).toBe('Accept');
    },
  );

  it.each(['*/*', 'application/json', 'application/problem+json'])(
    'does not exist for programs: %s',
    async (accept) => {
      const response = await get(accept);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({
        code: 'route_not_found',
        detail: 'No such route: GET /; see /api/docs',
      });
    },
  );

  it('is the only path that redirects', async () => {
    expect((await get('text/html', '/index.html')).status).toBe(404);
    expect((await fetch(app.url, { method: 'POST', headers: { Accept: 'text/html' } })).status).toBe(404);
  });
});
