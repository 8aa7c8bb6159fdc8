import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeThroughCli, startCli, type CliResult } from '../support/cli';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { QemuHost } from '../support/engines/qemu-host';
import { eventually } from '../support/eventually';
import { createSession, SessionClient } from '../support/session-client';

const TENANT = 'tenant-a';
const BUSY = { withinMs: 120_000 };
const TEST_MS = 300_000;
const READINESS = { kind: 'exec', command: ['test', '-e', '/seed/user-data'], timeoutSeconds: 120 };

describeWhere(QEMU_MISSING, 'uim-compute with a virtual machine', () => {
  let host: QemuHost;
  let data: string;
  let id: string;
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'compute-exec-'));
    host = await QemuHost.start({ DATA_DIR: data, IMAGES_FILE: await guestImages() });
    ({ id } = await tenant().create({ type: 'vm', imageId: GUEST_IMAGE, readiness: READINESS }));
    // The command can be run, so the agent has started.
    await eventually(async () => expect(await tenant().details(id)).toMatchObject({ ready: true }), BUSY);
  }, TEST_MS);
  afterAll(async () => {
    await host.close();
    rmSync(data, { recursive: true, force: true });
  });
  const tenant = (): Client => host.as(TENANT);
  const cli = (...args: readonly string[]): Promise<CliResult> =>
    startCli(host.service.url, TENANT, args).result;
  const sleepers = async (): Promise<string> =>
    (await cli('exec', id, '--', 'sh', '-c', 'ps | grep -c "[s]leep 1234"')).out.trim();

  it.each([
    ['echo out; echo err >&2', { code: 0, out: 'out\n', err: 'err\n' }],
    ['exit 3', { code: 3, out: '', err: '' }],
    ['kill -9 $$', { code: 137, out: '', err: '' }],
  ])('runs %j with its output, errors and exit code', async (script, result) => {
    expect(await cli('exec', id, '--', 'sh', '-c', script)).toEqual(result);
  });

  it('passes variables, 1 MiB of input and 1 MiB of output, byte for byte', async () => {
    const words = ['exec', id, '-i', '-e', 'COMMAND=cat', '--', 'sh', '-c', '$COMMAND'];
    const input = randomBytes(1_048_576);
    const { code, out } = await pipeThroughCli(host.service.url, TENANT, words, input);
    expect([code, out.equals(input)]).toEqual([0, true]);
  });

  it('says that there are no terminals', async () => {
    const { code, err } = await cli('exec', id, '-t', '--', 'sh');
    expect([code, err]).toEqual([
      expect.any(Number),
      expect.stringContaining('The engine qemu cannot open exec sessions with a terminal in instances'),
    ]);
    expect(code).not.toBe(0);
  });

  it(
    'ends a command when its client leaves, and works again after the service was killed',
    async () => {
      const start = async (): Promise<SessionClient> => {
        const session = await createSession(tenant(), id, { kind: 'exec', command: ['sleep', '1234'] });
        const client = await SessionClient.connect(session);
        client.closeStdin();
        return client;
      };
      const leaving = await start();
      await eventually(async () => expect(await sleepers()).toBe('1'), BUSY);
      leaving.socket.terminate();
      await eventually(async () => expect(await sleepers()).toBe('0'), BUSY);

      const lost = await start();
      await eventually(async () => expect(await sleepers()).toBe('1'), BUSY);
      await host.service.kill();
      expect(await lost.closed).toMatchObject({ code: 1006 });
      await host.startAgain();
      // The command goes on.
      await eventually(async () => expect(await sleepers()).toBe('1'), BUSY);
      expect((await tenant().details(id)).abilities).toContain('exec');
    },
    TEST_MS,
  );
});
