import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { HttpServerAdapter } from './http-server.adapter';

const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('HttpServerAdapter', () => {
  const adapter = new HttpServerAdapter({ requestTimeoutMs: 600_000, keepAliveMs: 600_000 });
  const sockets: Socket[] = [];

  async function open(): Promise<Socket> {
    const address: unknown = adapter.getHttpServer().address();
    if (typeof address !== 'object' || address === null || !('port' in address))
      throw new Error('not listening');
    const socket = connect(Number(address.port), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
  });

  it('ends connections that wait for a request when it closes, and lets a request at work finish', async () => {
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
