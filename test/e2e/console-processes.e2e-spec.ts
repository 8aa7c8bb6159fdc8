import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Client } from '../support/client';
import { ask, ConsoleReader, followed } from '../support/console-reader';
import { eventually } from '../support/eventually';
import { ProcessDriver } from '../support/process.driver';
import { servedBy } from '../support/app';
import { newTenant, useApp } from '../support/use-app';

/** Counts of lines of 1000 bytes. */
const MANY = 200;
const MOST = 20_000;
/** Number of unchanged polls after which the output counts as stalled. */
const STILL = 10;

interface Lines {
  readonly lines: readonly string[];
}

describe('the console of an engine that reads it through a process', () => {
  const driver = new ProcessDriver();
  const app = useApp({ engines: () => servedBy(driver) });
  let tenant: Client;
  beforeEach(() => {
    tenant = app.as(newTenant());
  });
  const consoleOf = async (print: string): Promise<string> => {
    const { id } = await tenant.createRunning({ metadata: { print } });
    return `/instances/${id}/console`;
  };

  it('stops the process when a follower disconnects, even without output', async () => {
    for (const print of ['nothing', 'endless']) {
      const reader = await ConsoleReader.connect(tenant, `${await consoleOf(print)}?follow=true`);
      await eventually(() => expect(driver.printing.size).toBe(1));
      await reader.close();
      await eventually(() => expect(driver.printing.size).toBe(0));
      await eventually(async () => expect(await followed(app)).toBe(0));
    }
  });

  it('stops the process when a client disconnects before the response', async () => {
    const path = `${await consoleOf('nothing')}?lines=1`;
    for (const query of ['', '&follow=true']) {
      const asking = ask(tenant, `${path}${query}`);
      await eventually(() => expect(driver.printing.size).toBe(1));
      asking.destroy();
      await eventually(() => expect(driver.printing.size).toBe(0));
    }
  });

  it('runs one process for concurrent requests', async () => {
    const path = `${await consoleOf('nothing')}?lines=1`;
    const asking = Array.from({ length: 20 }, () => ask(tenant, path));
    await eventually(() => expect(driver.printing.size).toBe(1));
    // By the time this request is answered, the service has received all of the others.
    expect((await tenant.get(await consoleOf('endless'))).status).toBe(200);
    await eventually(() => expect(driver.printing.size).toBe(1));
    for (const request of asking) request.destroy();
    await eventually(() => expect(driver.printing.size).toBe(0));
  });

  it('does not let a line break out of its event', async () => {
    const reader = await ConsoleReader.connect(tenant, `${await consoleOf('hostile')}?follow=true`);
    await reader.ended;
    expect(reader.events).toEqual(['line', 'line', 'line', 'line', 'end']);
    expect(reader.lines.slice(0, 3)).toEqual(['one', 'event: end', '']);
    expect(reader.lines[3]).toMatch(/^ü{4094}…$/);
  });

  it('sends only the newest lines that fit the size limit', async () => {
    const { text, body } = await tenant.get<Lines>(`${await consoleOf('large')}?lines=1000`);
    expect(text.length).toBeLessThanOrEqual(4_194_304);
    expect(body.lines.length).toBeGreaterThan(50);
  });

  it('stops reading while the client does not read', async () => {
    const path = `/api/v1/compute${await consoleOf('endless')}?follow=true`;
    const already = driver.printed;
    let kept: Socket | undefined;
    app.running.server.once('connection', (socket) => {
      kept = socket;
    });
    const deaf = await connectDeaf(app.url, path, tenant.tenantId);
    await eventually(() => expect(driver.printed - already).toBeGreaterThan(MANY));
    let before = -1;
    let looks = 0;
    await eventually(() => {
      looks = driver.printed === before ? looks + 1 : 0;
      before = driver.printed;
      expect(looks).toBeGreaterThan(STILL);
    });
    // A generous bound for the socket buffers of both sides plus one chunk.
    expect(before - already).toBeLessThan(MOST);
    expect(kept?.writableLength).toBeLessThan(500_000);
    // The stream is paused, not ended: it continues when the client reads again.
    deaf.resume();
    await eventually(() => expect(driver.printed).toBeGreaterThan(before));
    deaf.destroy();
    await eventually(() => expect(driver.printing.size).toBe(0));
  });
});

/** Follows a console without reading the response. */
async function connectDeaf(url: string, path: string, tenantId: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-Tenant-ID: ${tenantId}\r\n\r\n`);
  return socket;
}
