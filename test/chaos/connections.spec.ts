import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { ServiceProcess } from '../support/service';

const CLIENTS = 2000;
const EXPENSIVE = 500;
const LIVE = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const LONG_NAME = JSON.stringify({ name: 'x'.repeat(100_000) });
const LARGE =
  'POST /api/v1/compute/instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Tenant-ID: tenant-a\r\n' +
  `Content-Type: application/json\r\nContent-Length: ${LONG_NAME.length}\r\n\r\n${LONG_NAME}`;
const most = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
const tooFew = most <= CLIENTS ? `net.core.somaxconn is ${most}` : undefined;

describeWhere(tooFew, 'many clients connecting at once', () => {
  let database: TestDatabase;
  let service: ServiceProcess;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await ServiceProcess.start(database.environment);
  });
  afterAll(async () => {
    await service.stop();
    await database.remove();
  });

  it('are all connected while the process is suspended, and answered as soon as it resumes', async () => {
    const { answers } = await connectAtOnce(Array<string>(CLIENTS).fill(LIVE));
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  });

  it('do not delay the last one until all other requests are answered', async () => {
    const { answers, order } = await connectAtOnce([...Array<string>(EXPENSIVE).fill(LARGE), LIVE]);
    await Promise.all(answers);
    expect(order.indexOf(EXPENSIVE)).toBeLessThan(EXPENSIVE / 2);
  });

  /** Sends each request on its own connection. `order` lists the request indexes in the order of the responses. */
  async function connectAtOnce(
    requests: readonly string[],
  ): Promise<{ readonly answers: readonly Promise<string>[]; readonly order: readonly number[] }> {
    const { port, hostname } = new URL(service.url);
    const order: number[] = [];
    let connected = 0;
    service.signal('SIGSTOP');
    try {
      const answers = requests.map((request, index) => {
        const socket = createConnection(Number(port), hostname, () => {
          connected += 1;
          socket.write(request);
        });
        return statusLineOf(socket).finally(() => order.push(index));
      });
      await eventually(() => expect(connected).toBe(requests.length));
      return { answers, order };
    } finally {
      service.signal('SIGCONT');
    }
  }
});

async function statusLineOf(socket: Socket): Promise<string> {
  return (await text(socket)).split('\r\n')[0] ?? '';
}
