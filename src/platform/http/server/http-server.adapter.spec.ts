import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { HttpServerAdapter } from './http-server.adapter';

const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('HttpServerAdapter', () => {
  const adapter = new HttpServerAdapter({ requestTimeoutMs: 600_000, keepAliveMs: 600_000 });
  const sockets: Socket[] = [];

  async function open(): Promise<Socket> {
    const socket = connect(portOf(adapter.getHttpServer().address()), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });

  it('on close, ends idle connections and lets a running request finish', async () => {
    adapter.initHttpServer();
    const responses: ServerResponse[] = [];
    adapter.use((_request: unknown, response: ServerResponse) => responses.push(response));
    const listening = once(adapter.getHttpServer(), 'listening');
    adapter.listen(0, '127.0.0.1');
    await listening;

    const unused = await open();
    const busy = await open();
    const arrived = once(adapter.getHttpServer(), 'request');
    busy.write(REQUEST);
    await arrived;

    const unusedEnded = once(unused, 'close');
    unused.resume();
    let isClosed = false;
    const closed = adapter.close().then(() => (isClosed = true));
    await unusedEnded;
    expect(isClosed).toBe(false);

    const answered = once(busy, 'data');
    responses[0]?.end('done');
    expect(String((await answered)[0])).toContain('done');
    await closed;
  });
});

describe('HttpServerAdapter with a client that sends too much or reads nothing', () => {
  const MOST_WAITING = 100;
  let adapter: HttpServerAdapter;
  let socket: Socket;
  const events = new EventEmitter<{ served: [ServerResponse] }>();

  beforeEach(async () => {
    adapter = new HttpServerAdapter({
      requestTimeoutMs: 600_000,
      keepAliveMs: 600_000,
      socketTimeoutMs: 200,
    });
    adapter.initHttpServer();
    adapter.use((_request: unknown, response: ServerResponse) => events.emit('served', response));
    const server = adapter.getHttpServer();
    const listening = once(server, 'listening');
    adapter.listen(0, '127.0.0.1');
    await listening;
    socket = connect(portOf(server.address()), '127.0.0.1');
    await once(socket, 'connect');
  });
  afterEach(async () => {
    events.removeAllListeners();
    socket.destroy();
    await adapter.close();
  });

  /** Reads until the connection ends or `last` arrives. */
  async function receive(last = ''): Promise<string> {
    let received = '';
    for await (const data of socket) {
      received += String(data);
      if (last !== '' && received.includes(last)) break;
    }
    return received;
  }

  it('serves pipelined requests one at a time, in order', async () => {
    let atWork = 0;
    let most = 0;
    let count = 0;
    events.on('served', (response) => {
      most = Math.max(most, ++atWork);
      response.once('finish', () => atWork--);
      const name = ++count;
      setImmediate(() => response.end(`answer ${name}.`));
    });
    socket.write(REQUEST.repeat(20));
    const received = await receive('answer 20.');
    expect(received.match(/answer \d+/g)).toEqual(
      Array.from({ length: 20 }, (_, index) => `answer ${index + 1}`),
    );
    expect(most).toBe(1);
  });

  it('closes a connection with too many waiting requests without running them', async () => {
    let count = 0;
    const closed = new Promise((resolve) => {
      events.on('served', (response) => {
        count++;
        response.once('close', resolve);
      });
    });
    socket.on('error', () => undefined);
    socket.write(REQUEST.repeat(MOST_WAITING + 1));
    socket.write(REQUEST.repeat(100_000));
    await closed;
    expect(count).toBe(1);
  });

  it('closes the connection of a client that does not read its response', async () => {
    const size = 64 * 1024 * 1024;
    const closed = new Promise((resolve) => {
      events.on('served', (response) => {
        response.once('close', resolve);
        response.end(Buffer.alloc(size));
      });
    });
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(REQUEST);
    await closed;
    socket.resume();
    await once(socket, 'close');
    expect(socket.bytesRead).toBeLessThan(size);
  });

  it('lets a request take longer than the socket timeout', async () => {
    events.on('served', (response) => {
      adapter.getHttpServer().once('timeout', () => response.end('late.'));
    });
    socket.write(REQUEST);
    expect(await receive('late.')).toContain('late.');
  });
});

function portOf(address: unknown): number {
  if (typeof address !== 'object' || address === null || !('port' in address))
    throw new Error('not listening');
  return Number(address.port);
}
