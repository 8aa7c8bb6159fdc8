import { EventEmitter, once } from 'node:events';
import {
  ComputeClient,
  InvalidPathParameterError,
  ProblemError,
  type ClientOptions,
  WaitTimeoutError,
  type Instance,
  type StreamedEvent,
} from '../../packages/client/src';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { FaultInjectingProxy } from '../support/fault-injecting-proxy';
import { newTenant, useApp } from '../support/use-app';

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

async function idsOf(list: AsyncIterable<Instance>): Promise<readonly string[]> {
  const ids = [];
  for await (const { id } of list) ids.push(id);
  return ids;
}

function versionOf({ value }: IteratorResult<StreamedEvent, void>): number | undefined {
  return value?.event.version;
}

describe('the typed client', () => {
  const app = useApp();
  const as = (tenantId: string, options: Partial<ClientOptions> = {}) =>
    new ComputeClient({ baseUrl: `${app.url}/`, tenantId, ...options });

  it('creates, finds and changes instances of its tenant', async () => {
    const client = as(newTenant());
    const metadata = { role: 'web', 'a b': 'c&d' };
    const { id } = await client.create({ name: 'web', flavor: 'small', metadata });
    expect(await idsOf(client.list({ metadata }))).toEqual([id]);
    expect(await idsOf(client.list({ metadata: { role: 'job' } }))).toEqual([]);
    const changed = await client.update(id, { name: 'other' });
    expect(changed.name).toBe('other');
    const outdated = client.update(id, { name: 'third' }, { ifVersion: changed.version - 1 });
    expect(await thrownBy(outdated)).toMatchObject({ code: 'version_mismatch' });
  });

  it('creates several, waits for them, and takes them through their life', async () => {
    const client = as(newTenant());
    const { instances } = await client.createMany({ name: 'web', flavor: 'small', count: 2 });
    expect(instances.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
    const [id = ''] = instances.map((each) => each.id);
    expect((await client.waitFor(id, 'running')).status).toBe('running');
    expect((await client.stop(id)).status).toBe('stopped');
    expect((await client.start(id)).status).toBe('running');
    expect(await thrownBy(client.delete(id))).toMatchObject({ code: 'instance_running' });
    expect(await client.delete(id, { force: true })).toBeUndefined();
    await expect(client.waitFor(id, 'deleted')).resolves.toBeUndefined();
    const types = [];
    for await (const { type } of client.history(id)) types.push(type);
    expect(types.slice(0, 2)).toEqual(['create.requested', 'create.succeeded']);
  });

  it('reports what a change would do, without making it', async () => {
    const client = as(newTenant());
    const request = { name: 'web', flavor: 'small' };
    expect(await client.dryRun.create(request, { count: 2 })).toMatchObject({
      action: 'create',
      becomes: 'running',
      instances: [{ name: 'web-1' }, { name: 'web-2' }],
    });
    expect(await idsOf(client.list())).toEqual([]);
    const { id } = await client.create(request);
    await client.waitFor(id, 'running');
    expect(await client.dryRun.stop(id)).toMatchObject({ becomes: 'stopped' });
    expect(await client.dryRun.delete(id, { force: true })).toMatchObject({ becomes: 'deleted' });
    expect(await thrownBy(client.dryRun.start(id))).toMatchObject({ code: 'instance_not_stopped' });
    expect((await client.get(id)).status).toBe('running');
  });

  it('throws an error of its own if a status is not reached in time', async () => {
    const client = as(newTenant());
    const { id } = await client.create({ name: 'web', flavor: 'small' });
    await client.waitFor(id, 'running');
    for (const timeoutSeconds of [0, 1]) {
      const error = await thrownBy(client.waitFor(id, 'stopped', { timeoutSeconds }));
      expect(error).toBeInstanceOf(WaitTimeoutError);
      expect(error).toMatchObject({ instanceId: id, goal: 'stopped', currentStatus: 'running' });
    }
  });

  it.each(['', '.', '..'])('rejects the ID %j before it sends a request', async (id) => {
    const client = as(newTenant(), { fetch: () => Promise.reject(new Error('a request was sent')) });
    await expect(client.get(id)).rejects.toThrow(InvalidPathParameterError);
  });

  it('throws refusals as problems that state whether to retry', async () => {
    const client = as(newTenant());
    const error = await thrownBy(client.get('x'));
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({
      message: 'Instance not found',
      status: 404,
      code: 'instance_not_found',
      retryable: false,
      problem: { type: '/api/errors#instance_not_found' },
    });
  });
});

describe('the typed client on an unreliable network', () => {
  const app = useApp();
  let tenant: Client;
  let proxy: FaultInjectingProxy;
  let options: ClientOptions;

  beforeEach(async () => {
    tenant = app.as(newTenant());
    proxy = await FaultInjectingProxy.before(app.url);
    options = {
      baseUrl: proxy.url,
      tenantId: tenant.tenantId,
      token: 'secret',
      gatewayToken: 'inner',
    };
  });
  afterEach(() => proxy.close());

  it('identifies its caller, and repeats its query in X-Query for gateways that drop it', async () => {
    await tenant.createRunning();
    proxy.handler = (request, response) => {
      request.url = request.url?.split('?')[0] ?? '';
      return proxy.pass(request, response);
    };
    const { signal } = new AbortController();
    expect(await idsOf(new ComputeClient(options).list({ status: 'stopped' }, { signal }))).toEqual([]);
    expect(proxy.seen[0]?.headers).toMatchObject({
      'x-tenant-id': tenant.tenantId,
      authorization: 'Bearer secret',
      'x-gateway-token': 'inner',
      'x-query': 'status=stopped',
    });
  });

  it('generates a key for each create, and repeats the request with it if the response is lost', async () => {
    const client = new ComputeClient(options);
    const request = { name: 'web', flavor: 'small' };
    proxy.handler = (message, response) =>
      (proxy.seen.length === 1 ? proxy.cut : proxy.pass)(message, response);
    const created = await client.create(request);
    await client.create(request, { idempotencyKey: 'mine' });
    const [lost, repeated, given] = proxy.seen.map(({ headers }) => headers['idempotency-key']);
    expect(lost).toMatch(/^[0-9a-f-]{36}$/);
    expect([repeated, given]).toEqual([lost, 'mine']);
    expect(await idsOf(client.list())).toEqual([expect.any(String), created.id]);
  });

  it('continues a wait while the service is unavailable, whatever the timeout of a call', async () => {
    const { id } = await tenant.createRunning();
    proxy.handler = (request, response) => {
      if (proxy.seen.length === 1) return void response.destroy();
      if (proxy.seen.length === 2) return void response.writeHead(503, { 'Retry-After': '1' }).end();
      return proxy.pass(request, response);
    };
    const waiting = new ComputeClient({ ...options, timeoutMs: 100 }).waitFor(id, 'stopped');
    await eventually(() => expect(proxy.seen).toHaveLength(3), { withinMs: 20_000 });
    await tenant.post(`/instances/${id}/stop`);
    expect((await waiting).status).toBe('stopped');
  });

  it('hides no error of a callback behind a reconnect', async () => {
    const onOpen = (): void => {
      throw new Error('a mistake of the caller');
    };
    const stream = new ComputeClient(options).followEvents({ onOpen });
    expect(await thrownBy(stream.next())).toMatchObject({ message: 'a mistake of the caller' });
    expect(proxy.seen).toHaveLength(1);
  });

  it('follows no redirect, which would send tokens and bodies to another host', async () => {
    const other = await FaultInjectingProxy.before(app.url);
    try {
      proxy.handler = (request, response) =>
        void response.writeHead(307, { Location: `${other.url}${request.url ?? ''}` }).end();
      const client = new ComputeClient(options);
      const create = () => client.create({ name: 'web', flavor: 'small' });
      for (const call of [create, () => client.followEvents().next()])
        expect(await thrownBy(call())).toMatchObject({ status: 307, code: 'unexpected_response' });
      expect(other.seen).toEqual([]);
    } finally {
      other.close();
    }
  });

  it('ends a list at a null page token, and rejects responses that are not lists or repeat a page', async () => {
    const bodies = [
      '{"instances":[],"nextPageToken":null}',
      '{"instances":[],"nextPageToken":"same"}',
      '{}',
      '<p>',
    ];
    proxy.handler = (_, response) =>
      void response.writeHead(200, { 'Content-Type': 'application/json' }).end(bodies[0]);
    const read = () => idsOf(new ComputeClient(options).list());
    expect(await read()).toEqual([]);
    for (bodies.shift(); bodies.length > 0; bodies.shift())
      await expect(read()).rejects.toThrow(/^the response is not from the compute service: /);
  });

  it('reads no response without an end', async () => {
    const chunk = Buffer.alloc(2 ** 20, ' ');
    proxy.handler = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const write = (): void => {
        while (response.write(chunk));
      };
      response.on('drain', write);
      write();
    };
    await expect(new ComputeClient(options).flavors()).rejects.toThrow(/it is too large$/);
  });

  it('repeats no token that is invalid in its error', () => {
    const create = () => new ComputeClient({ baseUrl: app.url, token: 'sec\nret' });
    expect(create).toThrow('token must consist of printable ASCII characters');
  });

  it('rejects an address that is not one of HTTP', () => {
    for (const baseUrl of ['localhost:8081', 'ftp://host', ''])
      expect(() => new ComputeClient({ baseUrl })).toThrow('baseUrl must look like http://localhost:8081');
  });

  it('times out if a response does not start or does not end', async () => {
    const client = new ComputeClient({ ...options, timeoutMs: 50 }).routes;
    proxy.handler = () => undefined;
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
    proxy.handler = (_, response) =>
      void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
  });

  it('turns a foreign error response into a problem', async () => {
    proxy.handler = (_, response) =>
      void response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad</h1>');
    expect(await thrownBy(new ComputeClient(options).flavors())).toMatchObject({
      status: 502,
      code: 'unexpected_response',
      retryable: true,
    });
  });

  it('follows events across broken and silent connections without losing its place', async () => {
    proxy.handler = async (request, response) => {
      const connection = proxy.seen.length;
      const answer = await proxy.answerTo(request);
      response.writeHead(200, answer.headers).on('close', () => answer.destroy());
      answer.on('data', (chunk: Buffer) => {
        response.write(chunk);
        // The first connection breaks before any event; the second falls silent after one.
        if (connection === 1) setTimeout(() => response.destroy(), 20);
        else if (connection === 2 && chunk.includes('data:')) answer.pause();
      });
    };
    const stop = new AbortController();
    const lost = new EventEmitter();
    const isLost = once(lost, 'lost');
    const onLost = (): boolean => lost.emit('lost');
    const stream = new ComputeClient(options).followEvents({
      signal: stop.signal,
      idleTimeoutMs: 4000,
      onLost,
    });
    const first = stream.next();
    await isLost;
    const { id } = await tenant.createRunning();
    const versions = [await first].map(versionOf);
    await tenant.post(`/instances/${id}/stop`);
    while (versions.length < 4) versions.push(versionOf(await stream.next()));
    stop.abort();
    expect((await stream.next()).done).toBe(true);
    expect(versions).toEqual([1, 2, 3, 4]);
    const places = proxy.seen.map(({ headers }) => headers['last-event-id']);
    // On a busy machine, there may be more connections.
    expect(places[0]).toBeUndefined();
    expect(places.length).toBeGreaterThanOrEqual(3);
    expect(places.slice(1).filter((place) => place === undefined)).toEqual([]);
  });

  it('stops following on a permanent refusal', async () => {
    expect(
      await thrownBy(new ComputeClient({ ...options, tenantId: 'no tenant' }).followEvents().next()),
    ).toMatchObject({
      code: 'invalid_tenant',
    });
  });
});
