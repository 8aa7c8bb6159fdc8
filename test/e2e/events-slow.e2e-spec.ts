import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import express, { type Response } from 'express';
import { newId } from '../../src/platform/values/uuid';
import { Database } from '../../src/platform/database';
import { EventStream } from '../../src/compute/events/api/event-stream';
import { ResourceSignals } from '../../src/compute/resources';
import { EventSource } from '../support/event-source';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';

const EVENTS = 4000;
const ROUNDS = 4;
const REASON_LENGTH = 1000;
/** Generous size in bytes of the 200 events that are written at once. */
const PIECE = 500_000;
const PATIENCE = { withinMs: 60_000 };

/** Follows a tenant's events without reading the response. */
async function connectDeaf(url: string, tenantId: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET /api/v1/compute/events HTTP/1.1\r\nHost: x\r\nX-Tenant-ID: ${tenantId}\r\n\r\n`);
  return socket;
}

describe('events of a client that does not read', () => {
  const app = useApp({ environment: { FOLLOW_POLL_SECONDS: '3600', EVENT_HEARTBEAT_SECONDS: '1' } });

  const streams = async (): Promise<number> => {
    const { text } = await app.as('').request<null>('/metrics');
    return Number(/compute_event_streams(?:\{[^}]*\})? (\d+)/.exec(text)?.[1]);
  };

  async function write(tenantId: string): Promise<void> {
    await app.running.app.get(Database).query({
      name: 'many_events',
      text: `
        INSERT INTO resource_events (resource_id, version, tenant_id, type, reason)
        SELECT gen_random_uuid(), 1, $1, 'updated', repeat('x', $2) FROM generate_series(1, $3)`,
      values: [tenantId, REASON_LENGTH, EVENTS],
    });
    app.running.app.get(ResourceSignals).changed(tenantId, newId());
  }

  it('are held back without delaying other clients or filling memory', async () => {
    const tenantId = newTenant();
    let kept: Socket | undefined;
    app.running.server.once('connection', (socket) => {
      kept = socket;
    });
    const deaf = await connectDeaf(app.url, tenantId);
    await eventually(async () => expect(await streams()).toBe(1));
    const reader = await new EventSource(tenantId).connect(app.url);
    await eventually(async () => expect(await streams()).toBe(2));
    const before = heapSize();
    for (let round = 0; round < ROUNDS; round++) {
      let count = 0;
      await write(tenantId);
      await eventually(() => {
        count += reader.received.splice(0).length;
        expect(count).toBe(EVENTS);
      }, PATIENCE);
    }
    expect(kept?.writableLength).toBeGreaterThan(0);
    expect(kept?.writableLength).toBeLessThan(PIECE);
    expect(heapSize() - before).toBeLessThan((ROUNDS * EVENTS * REASON_LENGTH) / 2);
    deaf.destroy();
    await eventually(async () => expect(await streams()).toBe(1));
    await reader.close();
  }, 180_000);

  it('ends the stream of a client that reads nothing, despite garbage collection', async () => {
    const answered = express().get('/{*path}', (_, response) => void follow(response));
    const server = createServer(answered).listen(0, '127.0.0.1');
    await once(server, 'listening');
    let stream: EventStream | undefined;
    let isTold = true;
    let longest = 0;
    const frames = `data: ${'x'.repeat(PIECE)}\n\n`;
    const follow = async (response: Response): Promise<void> => {
      stream = new EventStream('tenant-a', response, { drainTimeoutMs: 2000 });
      stream.open({ maxMs: 60_000, idleMs: 60_000 }, '0');
      while (await stream.write(frames, '1')) longest = Math.max(longest, response.writableLength);
      isTold = false;
    };
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const deaf = await connectDeaf(`http://127.0.0.1:${address.port}`, 'tenant-a');
    try {
      await eventually(
        () => {
          heapSize();
          expect([isTold, stream?.isOpen]).toEqual([false, false]);
        },
        { withinMs: 30_000 },
      );
      expect(longest).toBeLessThan(2 * PIECE);
    } finally {
      deaf.destroy();
      server.close();
      await once(server, 'close');
    }
  });
});

/** Collects garbage and returns the bytes still in use. */
function heapSize(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}
