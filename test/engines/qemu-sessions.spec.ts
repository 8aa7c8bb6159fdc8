import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { QemuHost } from '../support/engines/qemu-host';
import { eventually } from '../support/eventually';
import { createSession, SessionClient } from '../support/session-client';

/** Prints numbers, and repeats what is typed. */
const SCRIPT = `#!/bin/sh
(i=0; while :; do i=$((i+1)); echo "tick $i"; sleep 0.2; done) &
while read line; do echo "got <$line>"; done
`;
const BUSY = { withinMs: 120_000 };

describeWhere(QEMU_MISSING, 'sessions of virtual machines', () => {
  let host: QemuHost;
  let data: string;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'compute-sessions-'));
    host = await QemuHost.start({ DATA_DIR: data, IMAGES_FILE: await guestImages() });
  }, 120_000);
  afterAll(async () => {
    await host.close();
    rmSync(data, { recursive: true, force: true });
  });
  const tenant = (): Client => host.as('tenant-a');

  async function consoleOf(id: string): Promise<string> {
    const { body } = await tenant().get<{ lines: readonly string[] }>(`/instances/${id}/console?lines=1000`);
    return body.lines.join('\n');
  }

  it('continue after the service was killed, and the console log goes on', async () => {
    const { id } = await tenant().create({ type: 'vm', imageId: GUEST_IMAGE, userData: SCRIPT });
    await tenant().reaches(id, 'running', BUSY);
    const connect = async (): Promise<SessionClient> =>
      SessionClient.connect(await createSession(tenant(), id, { kind: 'serial' }));
    const first = await connect();
    await eventually(() => expect(first.text).toMatch(/tick \d+/), BUSY);
    const second = await connect();
    first.type('ignored\r');
    second.type('hello\r');
    await eventually(() => expect(first.text).toContain('got <hello>'), BUSY);
    await eventually(() => expect(second.text).toContain('got <hello>'), BUSY);
    expect(second.text).not.toContain('ignored');

    await host.service.kill();
    for (const { closed } of [first, second]) expect(await closed).toMatchObject({ code: 1006 });
    await host.startAgain();
    await eventually(async () => expect(await consoleOf(id)).toMatch(/got <hello>[^]*\ntick \d+\n/), BUSY);
    const last = Number(/.*tick (\d+)/s.exec(await consoleOf(id))?.[1]);
    await eventually(async () => expect(await consoleOf(id)).toContain(`tick ${last + 5}`), BUSY);

    const third = await connect();
    third.type('again\r');
    await eventually(() => expect(third.text).toContain('got <again>'), BUSY);
    third.socket.close();
    await third.closed;
    await eventually(async () => expect(await consoleOf(id)).toContain('got <again>'), BUSY);
  });

  it('are closed with their reason when the instance stops', async () => {
    const { id } = await tenant().create({ type: 'vm', imageId: GUEST_IMAGE, userData: SCRIPT });
    await tenant().reaches(id, 'running', BUSY);
    const session = await SessionClient.connect(await createSession(tenant(), id, { kind: 'serial' }));
    await tenant().post(`/instances/${id}/stop`);
    expect(await session.closed).toMatchObject({ code: 1000 });
  });
});
