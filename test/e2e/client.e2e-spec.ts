import { EventEmitter, once } from 'node:events';
import {
  createComputeClient,
  followEvents,
  InvalidPathParameterError,
  ProblemError,
  unwrap,
  type ClientOptions,
  type StreamedEvent,
} from '../../packages/client/src';
import { readMessages } from '../../packages/client/src/event-stream';
import type { Client } from '../support/client';
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

function versionOf({ value }: IteratorResult<StreamedEvent, void>): number | undefined {
  return value?.event.version;
}

describe('the typed client', () => {
  const app = useApp();
  const as = (tenantId: string, options: Partial<ClientOptions> = {}) =>
    createComputeClient({ baseUrl: `${app.url}/`, tenantId, ...options });

  it('creates, finds and changes instances of its tenant', async () => {
    const client = as(newTenant());
    const body = { name: 'web', flavor: 'small', metadata: { role: 'web', 'a b': 'c&d' } };
    const created = await unwrap(client.POST('/api/v1/compute/instances', { body }));
    if (!('id' in created)) throw new Error('one was asked for');
    const query = { metadata: { role: 'web', 'a b': 'c&d' } };
    const found = await unwrap(client.GET('/api/v1/compute/instances', { params: { query } }));
    expect(found.instances.map(({ id }) => id)).toEqual([created.id]);
    const none = { metadata: { role: 'job' } };
    const others = await unwrap(client.GET('/api/v1/compute/instances', { params: { query: none } }));
    expect(others.instances).toEqual([]);
    const params = { path: { id: created.id } };
    const changed = await unwrap(
      client.PATCH('/api/v1/compute/instances/{id}', { params, body: { name: 'other' } }),
    );
    expect(changed.name).toBe('other');
  });

  it.each(['', '.', '..'])('rejects the ID %j before it sends a request', async (id) => {
    const client = as(newTenant(), { fetch: () => Promise.reject(new Error('a request was sent')) });
    const params = { path: { id } };
    await expect(client.GET('/api/v1/compute/instances/{id}', { params })).rejects.toThrow(
      InvalidPathParameterError,
    );
  });

  it('throws refusals as problems that state whether to retry', async () => {
    const client = as(newTenant());
    const params = { path: { id: 'x' } };
    const error = await thrownBy(unwrap(client.GET('/api/v1/compute/instances/{id}', { params })));
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
    const query = { status: 'stopped', limit: 5 } as const;
    const list = await unwrap(
      createComputeClient(options).GET('/api/v1/compute/instances', { params: { query } }),
    );
    expect(list.instances).toEqual([]);
    expect(proxy.seen[0]?.headers).toMatchObject({
      'x-tenant-id': tenant.tenantId,
      authorization: 'Bearer secret',
      'x-gateway-token': 'inner',
      'x-query': 'status=stopped&limit=5',
    });
  });

  it('generates a key for each create if configured to', async () => {
    const client = createComputeClient({ ...options, idempotentCreates: true });
    const body = { name: 'web', flavor: 'small' };
    await client.POST('/api/v1/compute/instances', { body });
    await client.POST('/api/v1/compute/instances', { body });
    await client.POST('/api/v1/compute/instances', {
      body,
      params: { header: { 'Idempotency-Key': 'mine' } },
    });
    await createComputeClient(options).POST('/api/v1/compute/instances', { body });
    const [first, second, third, fourth] = proxy.seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
    expect([third, fourth]).toEqual(['mine', undefined]);
  });

  it('times out if a response does not start or does not end', async () => {
    const client = createComputeClient({ ...options, timeoutMs: 50 });
    proxy.handler = () => undefined;
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
    proxy.handler = (_, response) =>
      void response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
  });

  it('turns a foreign error response into a problem', async () => {
    proxy.handler = (_, response) =>
      void response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad</h1>');
    expect(await thrownBy(unwrap(createComputeClient(options).GET('/health')))).toMatchObject({
      status: 502,
      code: 'unexpected_answer',
      retryable: true,
    });
  });

  it('waits for instances and operations, and reads their history', async () => {
    const client = createComputeClient(options);
    const body = { name: 'web', flavor: 'small', count: 2 };
    const created = await unwrap(client.POST('/api/v1/compute/instances', { body }));
    if (!('operationIds' in created)) throw new Error('several were asked for');
    const [operation] = created.operationIds;
    const [id] = created.instances.map((each) => each.id);
    if (operation === undefined || id === undefined) throw new Error('none was made');
    const done = await unwrap(
      client.GET('/api/v1/compute/operations/{id}/wait', { params: { path: { id: operation } } }),
    );
    expect(done.status).toBe('succeeded');
    const params = { path: { id }, query: { status: 'running', timeoutSeconds: 5 } } as const;
    const running = await unwrap(client.GET('/api/v1/compute/instances/{id}/wait', { params }));
    expect(running?.status).toBe('running');
    const { events } = await unwrap(
      client.GET('/api/v1/compute/instances/{id}/events', { params: { path: { id } } }),
    );
    expect(events.map(({ type }) => type)).toEqual(['create.requested', 'create.succeeded']);
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
    const stream = followEvents(options, { signal: stop.signal, silenceMs: 4000, onLost });
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
    expect(places).toEqual([undefined, expect.any(String), expect.any(String)]);
  });

  it('stops following on a permanent refusal', async () => {
    expect(await thrownBy(followEvents({ ...options, tenantId: 'no tenant' }).next())).toMatchObject({
      code: 'invalid_tenant',
    });
  });
});

describe('an event stream', () => {
  const messagesOf = async (...chunks: readonly string[]) => {
    async function* bytes() {
      for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
    }
    const messages = [];
    for await (const message of readMessages(bytes())) messages.push(message);
    return messages;
  };

  it('is parsed regardless of chunk boundaries and line endings', async () => {
    const expected = [{ id: '1', event: 'message', data: 'a\nb' }];
    expect(await messagesOf('id: 1\ndata: a\ndata:b\n\n')).toEqual(expected);
    expect(await messagesOf('id: 1\r', '\ndata: a\r\nda', 'ta: b\r\n\r', '\n')).toEqual(expected);
    expect(await messagesOf(': ping\n\nid: 1\nretry: 5\ndata: a\ndata: b\n\ndata: half')).toEqual(expected);
    expect(await messagesOf('id: 1\n\n:\n\n')).toEqual([{ id: '1', event: 'message', data: '' }]);
  });

  it('limits the length of lines and events', async () => {
    expect(await thrownBy(messagesOf('x'.repeat(2_000_000)))).toMatchObject({
      message: 'a line is too long',
    });
    const lines = `data: ${'x'.repeat(600_000)}\n`;
    expect(await thrownBy(messagesOf(lines, lines))).toMatchObject({ message: 'an event is too long' });
  });
});
