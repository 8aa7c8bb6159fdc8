import { createTestDatabase, type TestDatabase } from '../support/database';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { QemuHost } from '../support/engines/qemu-host';
import { eventually } from '../support/eventually';
import { freePort, POSTGRES_MISSING } from '../support/postgres';
import { createSession, SessionClient } from '../support/session-client';

const TENANT = 'tenant-a';
const SCRIPT = '#!/bin/sh\nwhile read line; do echo "got <$line>"; done\n';
const BUSY = { withinMs: 120_000 };

/** Each host has a replica and a QEMU directory of its own. */
describeWhere(QEMU_MISSING ?? POSTGRES_MISSING, 'sessions at a replica on another host with QEMU', () => {
  let database: TestDatabase;
  let here: QemuHost;
  let there: QemuHost;
  let id: string;

  beforeAll(async () => {
    database = await createTestDatabase('postgres');
    const imagesFile = await guestImages();
    const start = async (): Promise<QemuHost> => {
      const port = await freePort();
      const own = { PORT: String(port), REPLICA_URL: `http://127.0.0.1:${port}` };
      return QemuHost.start({ ...database.environment, IMAGES_FILE: imagesFile, ...own });
    };
    here = await start();
    there = await start();
    ({ id } = await there.as(TENANT).create({ type: 'vm', imageId: GUEST_IMAGE, userData: SCRIPT }));
    await here.as(TENANT).reaches(id, 'running', BUSY);
  }, 180_000);
  afterAll(async () => {
    for (const host of [here, there]) await host.close();
    await database.remove();
  });

  const open = async (host: QemuHost, kind: string): Promise<SessionClient> => {
    const session = await createSession(host.as(TENANT), id, { kind });
    expect(new URL(session.url).host).toBe(new URL(host.service.url).host);
    return SessionClient.connect(session);
  };

  it('reach the serial console, which the newest session writes to, wherever it was opened', async () => {
    expect([here.instanceIds, there.instanceIds]).toEqual([[], [id]]);
    const direct = await open(there, 'serial');
    const forwarded = await open(here, 'serial');
    // The guest reads only after it has booted.
    await eventually(() => {
      forwarded.type('forwarded\r');
      expect(direct.text).toContain('got <forwarded>');
    }, BUSY);
    await eventually(() => expect(forwarded.text).toContain('got <forwarded>'), BUSY);
    direct.type('ignored\r');
    const newest = await open(here, 'serial');
    newest.type('newest\r');
    await eventually(() => expect(direct.text).toContain('got <newest>'), BUSY);
    expect(direct.text).not.toContain('ignored');
    for (const session of [direct, forwarded, newest]) {
      session.socket.close(1000);
      expect(await session.closed).toMatchObject({ code: 1000 });
    }
  }, 240_000);

  it('reach the screen', async () => {
    const screen = await open(here, 'vnc');
    await eventually(() => expect(screen.text).toMatch(/^RFB 003\.\d{3}\n/));
    screen.socket.close(1000);
    await screen.closed;
  });

  it('end if the replica on the host is killed, and can be opened again when it is back', async () => {
    const session = await open(here, 'serial');
    await there.service.kill();
    expect(await session.closed).toMatchObject({ code: 1006 });
    await there.startAgain();
    const again = await open(here, 'serial');
    await eventually(() => {
      again.type('again\r');
      expect(again.text).toContain('got <again>');
    }, BUSY);
    again.socket.close(1000);
    await again.closed;
  }, 240_000);
});
