import type { Response } from 'express';
import express from 'express';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { sendDocument, TooManyUnreadAnswersError } from './send';

const DOCUMENT = Buffer.alloc(4 * 1024 * 1024, ' ');
/** Of 256 MiB. */
const MOST_UNREAD = 64;

describe('sendDocument', () => {
  const sockets: Socket[] = [];
  const responses: Response[] = [];
  const app = express();
  app.get('/', (_request, response) => {
    responses.push(response);
    try {
      sendDocument(response, DOCUMENT);
    } catch (error) {
      response.status(error instanceof TooManyUnreadAnswersError ? 503 : 500).end();
    }
  });
  const server = app.listen(0, '127.0.0.1');
  const address = (): AddressInfo => {
    const found = server.address();
    if (typeof found !== 'object' || found === null) throw new Error('not listening');
    return found;
  };

  beforeAll(async () => {
    if (!server.listening) await once(server, 'listening');
  });
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  /** Asks, and reads no more than the status. */
  async function ask(): Promise<string> {
    const socket = connect(address().port, '127.0.0.1');
    sockets.push(socket);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'readable');
    return String(socket.read(12));
  }

  it('refuses large documents while clients leave too many unread', async () => {
    for (let count = 0; count < MOST_UNREAD; count++) expect(await ask()).toBe('HTTP/1.1 200');
    expect(await ask()).toBe('HTTP/1.1 503');
    const [first] = responses;
    if (!first) throw new Error('nothing was answered');
    const closed = once(first, 'close');
    sockets[0]?.destroy();
    await closed;
    expect(await ask()).toBe('HTTP/1.1 200');
    expect(await ask()).toBe('HTTP/1.1 503');
  });
});
