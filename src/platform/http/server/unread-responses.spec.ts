import express, { type Response } from 'express';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { assertRoomFor, sendDocument } from '../responses/send';
import { TooManyUnreadResponsesError } from '../http.errors';

const DOCUMENT = Buffer.alloc(4 * 1024 * 1024, ' ');
/** Documents that fit into 25.6 MiB for each tenant, and into 256 MiB in total. */
const MOST_OF_TENANT = 6;
const MOST = 64;

describe('a large document', () => {
  const sockets: Socket[] = [];
  const responses: Response[] = [];
  const app = express();
  app.get('/:tenant', (request, response) => {
    responses.push(response);
    send(response, request.params.tenant);
  });
  app.get('/:tenant/late', (request, response) => {
    response.once('close', () => send(response, request.params.tenant));
    responses.push(response);
  });
  const server = app.listen(0, '127.0.0.1');

  function send(response: Response, tenantId: string): void {
    try {
      sendDocument(response, tenantId, DOCUMENT);
    } catch (error) {
      response.status(error instanceof TooManyUnreadResponsesError ? 503 : 500).end();
    }
  }

  beforeAll(async () => {
    if (!server.listening) await once(server, 'listening');
  });
  afterEach(async () => {
    const closed = responses
      .filter((response) => !response.closed)
      .map((response) => once(response, 'close'));
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(closed);
    responses.length = 0;
  });
  afterAll(() => server.close());

  function open(path: string): Socket {
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('not listening');
    const socket = connect(address.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    return socket;
  }

  /** Sends a request and reads only the status. */
  async function ask(tenantId: string): Promise<string> {
    const socket = open(`/${tenantId}`);
    await once(socket, 'readable');
    return String(socket.read(12));
  }

  async function askTimes(count: number, tenantId: string): Promise<void> {
    for (let i = 0; i < count; i++) expect(await ask(tenantId)).toBe('HTTP/1.1 200');
  }

  it('is rejected only for a tenant that leaves too many responses unread', async () => {
    await askTimes(MOST_OF_TENANT, 'a');
    expect(await ask('a')).toBe('HTTP/1.1 503');
    await askTimes(1, 'b');

    const [first] = responses;
    if (!first) throw new Error('nothing was answered');
    const closed = once(first, 'close');
    sockets[0]?.destroy();
    await closed;
    await askTimes(1, 'a');
    expect(await ask('a')).toBe('HTTP/1.1 503');
  });

  it('is rejected before it is loaded, unless it is small', async () => {
    await askTimes(MOST_OF_TENANT, 'e');
    expect(() => assertRoomFor('e', DOCUMENT.length)).toThrow(TooManyUnreadResponsesError);
    expect(() => assertRoomFor('e', 20_000)).not.toThrow();
    expect(() => assertRoomFor('f', DOCUMENT.length)).not.toThrow();
  });

  it('is rejected for all tenants once they leave too many unread together', async () => {
    const whole = Math.floor(MOST / MOST_OF_TENANT);
    for (let i = 0; i < whole; i++) await askTimes(MOST_OF_TENANT, `tenant-${i}`);
    await askTimes(MOST - whole * MOST_OF_TENANT, 'last');
    expect(await ask('another')).toBe('HTTP/1.1 503');
  });

  it('does not count if its client left before it was ready', async () => {
    for (let i = 0; i < MOST_OF_TENANT + 1; i++) {
      const waiting = once(server, 'request');
      const socket = open('/c/late');
      await waiting;
      const response = responses.at(-1);
      if (!response) throw new Error('the request did not arrive');
      const closed = once(response, 'close');
      socket.destroy();
      await closed;
    }
    await askTimes(MOST_OF_TENANT, 'c');
  });

  it('is dropped if the client does not read it within two minutes', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance'] });
    try {
      await askTimes(1, 'd');
      const [response] = responses;
      if (!response) throw new Error('nothing was answered');
      const closed = once(response, 'close');
      jest.advanceTimersByTime(120_000);
      await closed;
    } finally {
      jest.useRealTimers();
    }
  });
});
