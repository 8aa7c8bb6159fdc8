import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Client } from '../support/client';
import { ask, ConsoleReader, followed } from '../support/console-reader';
import { eventually } from '../support/eventually';
import { ProcessDriver } from '../support/process.driver';
import { servedBy } from '../support/app';
import { newTenant, useApp } from '../support/use-app';

/** Lines of a thousand bytes. */
const MANY = 200;
const MOST = 20_000;
/** Looks that see no change. */
const STILL = 10;

interface Lines {
  readonly lines: readonly string[];
}

describe('the console of an engine that prints by processes', () => {
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

  it('lets go of the engine as soon as the reader goes, also where it says nothing', async () => {
    for (const print of ['nothing', 'endless']) {
      const reader = await ConsoleReader.connect(tenant, `${await consoleOf(print)}?follow=true`);
      await eventually(() => expect(driver.printing.size).toBe(1));
      await reader.close();
      await eventually(() => expect(driver.printing.size).toBe(0));
      await eventually(async () => expect(await followed(app)).toBe(0));
    }
  });

  it('lets go of it also where the reader goes before there is anything', async () => {
    const path = `${await consoleOf('nothing')}?lines=1`;
    for (const query of ['', '&follow=true']) {
      const asking = ask(tenant, `${path}${query}`);
      await eventually(() => expect(driver.printing.size).toBe(1));
      asking.destroy();
      await eventually(() => expect(driver.printing.size).toBe(0));
    }
  });

  it('asks the engine once where many ask at the same time', async () => {
    const path = `${await consoleOf('nothing')}?lines=1`;
    const asking = Array.from({ length: 20 }, () => ask(tenant, path));
    await eventually(() => expect(driver.printing.size).toBe(1));
    // Those that came later than the first have been answered the same when this other one is.
    expect((await tenant.get(await consoleOf('endless'))).status).toBe(200);
    await eventually(() => expect(driver.printing.size).toBe(1));
    for (const request of asking) request.destroy();
    await eventually(() => expect(driver.printing.size).toBe(0));
  });

  it('lets no line break out of its event', async () => {
    const reader = await ConsoleReader.connect(tenant, `${await consoleOf('hostile')}?follow=true`);
    await reader.ended;
    expect(reader.events).toEqual(['line', 'line', 'line', 'line', 'end']);
    expect(reader.lines.slice(0, 3)).toEqual(['one', 'event: end', '']);
    expect(reader.lines[3]).toMatch(/^ü{4094}…$/);
  });

  it('sends no more than fits, the newest', async () => {
    const { text, body } = await tenant.get<Lines>(`${await consoleOf('large')}?lines=1000`);
    expect(text.length).toBeLessThanOrEqual(4_194_304);
    expect(body.lines.length).toBeGreaterThan(50);
  });

  it('reads no further than its reader', async () => {
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
    // What the sockets of both sides hold, generously, and a piece.
    expect(before - already).toBeLessThan(MOST);
    expect(kept?.writableLength).toBeLessThan(500_000);
    // It is held, not ended: a reader that takes gets more.
    deaf.resume();
    await eventually(() => expect(driver.printed).toBeGreaterThan(before));
    deaf.destroy();
    await eventually(() => expect(driver.printing.size).toBe(0));
  });
});

/** Follows a console and takes nothing of what it is sent. */
async function connectDeaf(url: string, path: string, tenantId: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nX-Tenant-ID: ${tenantId}\r\n\r\n`);
  return socket;
}
