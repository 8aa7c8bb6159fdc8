import { readFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { eventually } from '../support/eventually';
import { ServiceProcess } from '../support/service';

const CLIENTS = 2000;
const REQUEST = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const most = Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8'));
const tooFew = most <= CLIENTS ? `net.core.somaxconn is ${most}` : undefined;

describeWhere(tooFew, 'many clients that connect at once', () => {
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

  it('are all connected while the process does nothing, and answered as soon as it goes on', async () => {
    const { port, hostname } = new URL(service.url);
    let connected = 0;
    const answers: Promise<string>[] = [];
    service.signal('SIGSTOP');
    try {
      for (let i = 0; i < CLIENTS; i++) {
        const socket = createConnection(Number(port), hostname, () => {
          connected += 1;
          socket.write(REQUEST);
        });
        answers.push(statusLineOf(socket));
      }
      await eventually(() => expect(connected).toBe(CLIENTS));
    } finally {
      service.signal('SIGCONT');
    }
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
  });
});

async function statusLineOf(socket: Socket): Promise<string> {
  return (await text(socket)).split('\r\n')[0] ?? '';
}
