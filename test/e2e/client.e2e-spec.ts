import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createComputeClient,
  followEvents,
  ProblemError,
  unwrap,
  type ClientOptions,
} from '../../src/client';
import { readMessages } from '../../src/client/event-stream';
import { newTenant, useApp } from '../support/use-app';

async function thrownBy(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('the typed client', () => {
  const app = useApp();
  const as = (tenantId: string, options: Partial<ClientOptions> = {}) =>
    createComputeClient({ baseUrl: `${app.url}/`, tenantId, ...options });

  it('creates, finds and changes what is its tenant’s', async () => {
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

  it('throws the problem of a refusal, with what the answer says about repeating', async () => {
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

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('the typed client on a network as it is', () => {
  let server: Server;
  let seen: IncomingMessage[];
  let handle: Handler;
  let options: ClientOptions;

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      handle(request, response);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const { port }: AddressInfo =
      typeof address === 'object' && address ? address : { port: 0, address: '', family: '' };
    options = {
      baseUrl: `http://127.0.0.1:${port}`,
      tenantId: 'acme',
      token: 'secret',
      gatewayToken: 'inner',
    };
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it('says who calls, and repeats its query for gateways that drop it', async () => {
    handle = (_, response) => response.setHeader('Content-Type', 'application/json').end('{"instances":[]}');
    const client = createComputeClient(options);
    await client.GET('/api/v1/compute/instances', { params: { query: { status: 'running', limit: 5 } } });
    expect(seen[0]?.headers).toMatchObject({
      'x-tenant-id': 'acme',
      authorization: 'Bearer secret',
      'x-gateway-token': 'inner',
      'x-query': 'status=running&limit=5',
    });
  });

  it('gives creations a key of their own, where it is told to', async () => {
    handle = (_, response) => response.setHeader('Content-Type', 'application/json').end('{}');
    const client = createComputeClient({ ...options, idempotentCreates: true });
    const body = { name: 'web', flavor: 'small' };
    await client.POST('/api/v1/compute/instances', { body });
    await client.POST('/api/v1/compute/instances', { body });
    await client.POST('/api/v1/compute/instances', {
      body,
      params: { header: { 'Idempotency-Key': 'mine' } },
    });
    await createComputeClient(options).POST('/api/v1/compute/instances', { body });
    const [first, second, third, fourth] = seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(second).not.toBe(first);
    expect([third, fourth]).toEqual(['mine', undefined]);
  });

  it('ends a call whose answer does not come, or does not end', async () => {
    const client = createComputeClient({ ...options, timeoutMs: 50 });
    handle = () => undefined;
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
    handle = (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
    expect(await thrownBy(client.GET('/health'))).toMatchObject({ name: 'TimeoutError' });
  });

  it('makes a problem of an answer that is none of the service', async () => {
    handle = (_, response) => response.writeHead(502, { 'Content-Type': 'text/html' }).end('<h1>Bad</h1>');
    expect(await thrownBy(unwrap(createComputeClient(options).GET('/health')))).toMatchObject({
      status: 502,
      code: 'unexpected_answer',
      retryable: true,
    });
  });

  it('follows events across connections that break, or fall silent, without losing its place', async () => {
    const event = (version: number) => ({ instanceId: 'i', version, type: 'started' });
    handle = (_, response) => {
      const version = seen.length;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(
        `: hello\n\nid: ${version}\nevent: instance\ndata: ${JSON.stringify(event(version))}\n\n`,
      );
      // The first breaks, the second falls silent.
      if (version === 1) setTimeout(() => response.destroy(), 20);
    };
    const stop = new AbortController();
    const versions: number[] = [];
    for await (const { event: each } of followEvents(options, { signal: stop.signal, silenceMs: 300 })) {
      versions.push(each.version);
      if (versions.length === 3) stop.abort();
    }
    expect(versions).toEqual([1, 2, 3]);
    expect(seen.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '2']);
  });

  it('ends following where it is refused for good', async () => {
    handle = (_, response) =>
      response
        .writeHead(403)
        .end('{"code":"access_denied","detail":"Access denied","status":403,"retryable":false}');
    expect(await thrownBy(followEvents(options).next())).toMatchObject({ code: 'access_denied' });
  });
});

describe('a stream of events', () => {
  const messagesOf = async (...chunks: readonly string[]) => {
    async function* bytes() {
      for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
    }
    const messages = [];
    for await (const message of readMessages(bytes())) messages.push(message);
    return messages;
  };

  it('is read however it is cut, with every kind of line end', async () => {
    const expected = [{ id: '1', event: 'message', data: 'a\nb' }];
    expect(await messagesOf('id: 1\ndata: a\ndata:b\n\n')).toEqual(expected);
    expect(await messagesOf('id: 1\r', '\ndata: a\r\nda', 'ta: b\r\n\r', '\n')).toEqual(expected);
    expect(await messagesOf(': ping\n\nid: 1\nretry: 5\ndata: a\ndata: b\n\ndata: half')).toEqual(expected);
  });

  it('is not kept without bound', async () => {
    expect(await thrownBy(messagesOf('x'.repeat(2_000_000)))).toMatchObject({
      message: 'a line is too long',
    });
    const lines = `data: ${'x'.repeat(600_000)}\n`;
    expect(await thrownBy(messagesOf(lines, lines))).toMatchObject({ message: 'an event is too long' });
  });
});
