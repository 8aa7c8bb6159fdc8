import { preconditionOf } from '../../src/platform/http/responses/etag';
import type { Instance } from '../../src/compute/instances';
import { ROUTED_ACTIONS } from '../../src/compute/instances/actions/actions';
import { InstanceActions } from '../../src/compute/instances/actions/instance-actions';
import type { ApiResponse, Client, RequestHeaders } from '../support/client';
import { readDocument, requestExampleOf, routesOf } from '../support/openapi';
import { expectProblem } from '../support/problem';
import { newTenant, useApp } from '../support/use-app';

const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };

interface Write {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Not due during the tests. */
const SCHEDULE = { cron: '0 0 1 1 *', keep: { last: 2 } };

/** Every change of one instance, with a body that it accepts. */
const CHANGES: readonly (readonly [string, Write])[] = [
  ['update', { method: 'PATCH', path: '', body: { name: 'changed' } }],
  ['empty update', { method: 'PATCH', path: '', body: {} }],
  ['delete', { method: 'DELETE', path: '' }],
  ['forced delete', { method: 'DELETE', path: '?force=true' }],
  ...ROUTED_ACTIONS.map((action) => [action, { method: 'POST', path: `/${action}` }] as const),
  ['network attach', { method: 'POST', path: '/networks', body: { networkId: 'net-2' } }],
  ['volume attach', { method: 'POST', path: '/volumes', body: { volumeId: 'vol-2' } }],
  ['network detach', { method: 'DELETE', path: '/networks/net-1' }],
  ['volume detach', { method: 'DELETE', path: '/volumes/vol-1' }],
  ['detach of what is not attached', { method: 'DELETE', path: '/networks/net-9' }],
  ['set of a snapshot schedule', { method: 'PUT', path: '/snapshot-schedule', body: SCHEDULE }],
  ['removal of a snapshot schedule', { method: 'DELETE', path: '/snapshot-schedule' }],
];

describe('preconditions of writes', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });
  const attached = { networkIds: ['net-1'], volumeIds: ['vol-1'] };

  const change = <T>(
    tenant: Client,
    id: string,
    { method, path, body }: Write,
    headers: RequestHeaders,
  ): Promise<ApiResponse<T>> => tenant.send<T>(method, `/instances/${id}${path}`, body, headers);

  describe.each(CHANGES)('%s', (name, write) => {
    const create = async (tenant: Client): Promise<Instance> => {
      if (name === 'delete') return tenant.createStopped(attached);
      if (name === 'removal of a snapshot schedule') {
        const { id } = await tenant.createRunning(attached);
        await tenant.send('PUT', `/instances/${id}/snapshot-schedule`, SCHEDULE);
        return (await tenant.get<Instance>(`/instances/${id}`)).body;
      }
      const action = ROUTED_ACTIONS.find((each) => each === name);
      return action ? tenant.createFor(action, attached) : tenant.createRunning(attached);
    };

    it('has no effect if a precondition fails', async () => {
      const tenant = app.as(newTenant());
      const before = await create(tenant);
      const tag = `"${before.version}"`;
      const unmet: readonly RequestHeaders[] = [
        { 'If-Match': '"1"' },
        { 'If-Match': `W/${tag}` },
        { 'If-Match': `"${before.version + 1}"` },
        { 'If-Match': `${before.version}` },
        { 'If-None-Match': '*' },
        { 'If-None-Match': tag },
        { 'If-None-Match': 'unreadable' },
        { 'If-Match': '*', 'If-None-Match': '*' },
        { 'If-Match': '"1"', 'Idempotency-Key': 'a' },
      ];
      for (const headers of unmet) {
        const answer = await change(tenant, before.id, write, headers);
        const problem = expectProblem(answer, { status: 412, code: 'version_mismatch' });
        expect(problem['version']).toBe(before.version);
      }
      const headers = { 'If-Unmodified-Since': 'Sat, 28 Nov 2099 00:00:00 GMT' };
      const refusal = { status: 412, code: 'precondition_unsupported' };
      expectProblem(await change(tenant, before.id, write, headers), refusal);
      const other = await change(app.as(newTenant()), before.id, write, { 'If-Match': '"1"' });
      expectProblem(other, { status: 403, code: 'access_denied' });
      expect((await tenant.get<Instance>(`/instances/${before.id}`)).body).toMatchObject(before);
    });

    it('succeeds if the preconditions hold, and is replayed with its key when they no longer do', async () => {
      const tenant = app.as(newTenant());
      const { id, version } = await create(tenant);
      const headers = {
        'If-Match': `"98", W/"1", "${version}"`,
        'If-None-Match': '"99", W/"1"',
        // Ignored because If-Match is present.
        'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT',
        'Idempotency-Key': 'a',
      };
      const answer = await change<Instance>(tenant, id, write, headers);
      expect([200, 204]).toContain(answer.status);
      const replay = await change(tenant, id, write, headers);
      expect([replay.status, replay.text]).toEqual([answer.status, answer.text]);
    });
  });

  it.each([...ROUTED_ACTIONS, 'delete' as const])('apply to a dry run of %s', async (verb) => {
    const tenant = app.as(newTenant());
    const before = verb === 'delete' ? await tenant.createStopped() : await tenant.createFor(verb);
    const write =
      verb === 'delete' ? { method: 'DELETE', path: '' } : { method: 'POST', path: `/${verb}`, body: null };
    const dry = (tag: string) => change(tenant, before.id, write, { Prefer: 'dry-run', 'If-Match': tag });
    expectProblem(await dry('"1"'), { status: 412, code: 'version_mismatch' });
    expect((await dry(`"${before.version}"`)).status).toBe(200);
    expect((await tenant.get<Instance>(`/instances/${before.id}`)).body).toMatchObject(before);
  });

  it('are checked before the instance status', async () => {
    const tenant = app.as(newTenant());
    const { id } = await tenant.createRunning();
    expectProblem(await tenant.post(`/instances/${id}/start`, null, { 'If-Match': '"1"' }), { status: 412 });
    expectProblem(await tenant.delete(`/instances/${id}`, { 'If-Match': '"1"' }), { status: 412 });
  });

  it('are checked again after a conflicting write', async () => {
    const tenant = app.as(newTenant());
    const { id, version } = await tenant.createRunning();
    const change = {
      caller: {
        tenantId: tenant.tenantId,
        requestId: 'test',
        actor: 'test',
        traceparent: null,
        isOperator: false,
      },
      key: null,
      waitMs: null,
      precondition: preconditionOf({ 'if-match': `"${version}"` }),
      isDryRun: false,
    };
    const seen: number[] = [];
    const decided = app.running.app.get(InstanceActions).withOptimisticLock(change, id, async (state) => {
      seen.push(state.version);
      await tenant.patch(`/instances/${id}`, { name: 'changed meanwhile' });
      return undefined;
    });
    await expect(decided).rejects.toMatchObject({ code: 'version_mismatch' });
    expect(seen).toEqual([version]);
  });

  it('are refused by every write that does not support them', async () => {
    const document = await readDocument(app.url);
    const others = routesOf(document).filter(
      ({ method, path }) =>
        method !== 'GET' && !/^\/api\/v1\/compute\/(instances|snapshots)\/\{id\}/.test(path),
    );
    expect(others.map(({ operation }) => operation.operationId).sort()).toEqual([
      'createFlavor',
      'createInstance',
      'createWebhook',
      'deleteFlavor',
      'deleteImage',
      'deleteWarmPool',
      'deleteWebhook',
      'publishImage',
      'redeliverWebhookDelivery',
      'setQuota',
      'setWarmPool',
      'updateFlavor',
      'updateWebhook',
    ]);
    const tenant = app.as(newTenant());
    for (const { method, path, operation } of others) {
      for (const header of ['If-Match', 'If-None-Match', 'If-Unmodified-Since']) {
        const answer = await tenant.send(
          method,
          path.replace('/api/v1/compute', '').replaceAll(/\{\w+\}/g, 'small'),
          requestExampleOf(document, operation),
          { ...OPERATOR, [header]: header === 'If-Unmodified-Since' ? 'now' : '*' },
        );
        const problem = expectProblem(answer, { status: 412, code: 'precondition_unsupported' });
        expect(problem.detail).toContain(header);
      }
    }
    expect((await tenant.get('/instances')).body).toEqual({ instances: [] });
  });

  it('are documented on every change of an instance', async () => {
    const changes = routesOf(await readDocument(app.url)).filter(
      ({ method, path, operation }) =>
        method !== 'GET' &&
        path.startsWith('/api/v1/compute/instances/{id}') &&
        // A session is something new, not a change.
        operation.operationId !== 'createConsoleSession',
    );
    // Patch, delete, undelete, resize, reboot, rebuild, snapshot, restore, attaching and detaching of networks and
    // volumes, and setting and removing the snapshot schedule.
    expect(changes).toHaveLength(14 + ROUTED_ACTIONS.length);
    for (const { operation } of changes) {
      const headers = operation.parameters?.map((each) => ('name' in each ? each.name : ''));
      expect(headers).toEqual(expect.arrayContaining(['If-Match', 'If-None-Match']));
      expect(operation.responses).toHaveProperty('412');
    }
  });
});

describe('dry runs', () => {
  const app = useApp({ environment: { OPERATOR_TOKEN: 'the-token-of-operators' } });

  it('are refused by every write that does not support them', async () => {
    const document = await readDocument(app.url);
    const tenant = app.as(newTenant());
    const before = await tenant.createRunning();
    const supported = [
      ...['create', ...ROUTED_ACTIONS],
      ...['reboot', 'rebuild', 'resize', 'restore', 'delete', 'undelete'],
    ]
      .map((action) => `${action}Instance`)
      .concat('createSnapshot', 'deleteSnapshot');
    for (const { method, path, operation } of routesOf(document)) {
      if (method === 'GET' || supported.includes(operation.operationId ?? '')) continue;
      const target = path.startsWith('/api/v1/compute/instances/') ? before.id : 'small';
      const answer = await tenant.send(
        method,
        path.replace('/api/v1/compute', '').replace(/\{\w+\}/, target),
        requestExampleOf(document, operation),
        { ...OPERATOR, Prefer: 'dry-run' },
      );
      expectProblem(answer, { status: 400, code: 'dry_run_unsupported' });
    }
    expect((await tenant.get(`/instances/${before.id}`)).body).toMatchObject(before);
  });
});
