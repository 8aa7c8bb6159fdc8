import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { startDockerd, whyNotDockerd, TEST_IMAGE, type Engine } from '../support/engines';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { guestsOf } from '../support/engines/guests';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { EngineFixture } from '../support/engines/engine-fixture';
import { eventually } from '../support/eventually';

const missing = whyNotDockerd() ?? QEMU_MISSING;

describeWhere(missing, 'hostile input with real engines', () => {
  const outside = mkdtempSync(join(tmpdir(), 'uim-hostile-'));
  const mark = join(outside, 'mark');
  let engine: Engine;
  let docker: Docker;
  let fixture: EngineFixture;
  let tenant: Client;

  /** Each would create the mark if a shell, QEMU's option parser or a path interpreted it. */
  const TEXTS = [
    `$(touch ${mark})`,
    `\`touch ${mark}\``,
    `; touch ${mark} #`,
    `' ; touch ${mark} ; '`,
    `--privileged -v /:/host`,
    `x,file=${mark},id=y`,
    `../../../../../..${mark}`,
    `a\n-monitor\nunix:${mark},server`,
    '{{.Id}} %s %n ${PATH} "\\',
  ];

  beforeAll(async () => {
    engine = await startDockerd();
    docker = new Docker({ socketPath: engine.socket });
    fixture = await EngineFixture.start({ socket: engine.socket, imagesFile: await guestImages() });
    tenant = fixture.as('tenant-a');
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
    rmSync(outside, { recursive: true, force: true });
  });
  afterEach(() => {
    expect(existsSync(mark)).toBe(false);
    expect(readdirSync(outside)).toEqual([]);
  });

  it.each(TEXTS)('is plain text to a container: %j', async (text) => {
    const { id } = await tenant.createRunning({
      name: text,
      type: 'container',
      imageId: TEST_IMAGE,
      metadata: { note: text },
      container: { command: ['/bin/sleep', '600'], env: { NOTE: text } },
    });
    const { Name, Config, HostConfig, Mounts } = await docker.getContainer(`uim-${id}`).inspect();
    expect(Name).toBe(`/uim-${id}`);
    expect(Config.Env).toContain(`NOTE=${text}`);
    expect([HostConfig.Privileged, HostConfig.Binds, Mounts]).toEqual([false, null, []]);
    await tenant.delete(`/instances/${id}?force=true`);
  });

  it.each(TEXTS)("is an argument to a container's program, and is not run by a shell: %j", async (text) => {
    const { id } = await tenant.create({
      type: 'container',
      imageId: TEST_IMAGE,
      container: { command: ['/bin/echo', text] },
    });
    await eventually(async () => {
      const { body } = await tenant.get<{ lines: readonly string[] }>(`/instances/${id}/console`);
      expect(body.lines.join('\n')).toBe(text);
    });
    await tenant.delete(`/instances/${id}?force=true`);
  });

  it.each(TEXTS)('is plain text to a virtual machine: %j', async (text) => {
    const { id } = await tenant.createRunning({
      name: text,
      type: 'vm',
      imageId: GUEST_IMAGE,
      metadata: { note: text },
      userData: text,
    });
    const [guest] = guestsOf(id);
    expect(guest?.arguments.join(' ')).not.toContain(mark);
    expect(fixture.remains).toEqual([id]);
    await tenant.delete(`/instances/${id}?force=true`);
    expect(fixture.remains).toEqual([]);
  });

  it.each([...TEXTS, '../../etc/passwd', 'file:///etc/passwd', '/etc/passwd', 'a/../../b', 'x'.repeat(256)])(
    'is rejected as an image: %j',
    async (imageId) => {
      for (const type of ['container', 'vm']) {
        const { status } = await tenant.post('/instances', { name: 'web', flavor: 'small', type, imageId });
        expect([type, status]).toEqual([type, 400]);
      }
      expect(await docker.listContainers({ all: true })).toEqual([]);
      expect(fixture.remains).toEqual([]);
    },
  );

  it('accepts 100 environment variables of 10 KB each, and leaves them out of the list', async () => {
    const env = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`V${index}`, 'x'.repeat(10_000)]),
    );
    const made = await tenant.post<Instance>('/instances', {
      name: 'web',
      flavor: 'small',
      type: 'container',
      imageId: TEST_IMAGE,
      container: { command: ['/bin/sh', '-c', 'echo ${#V0} ${#V99}; sleep 600'], env },
    });
    expect(made.status).toBe(201);
    await tenant.reaches(made.body.id, 'running');
    await eventually(async () => {
      const { body } = await tenant.get<{ lines: readonly string[] }>(`/instances/${made.body.id}/console`);
      expect(body.lines).toEqual(['10000 10000']);
    });
    const { text } = await tenant.get('/instances');
    expect(text).not.toContain('xxxxxxxxxx');
    await tenant.delete(`/instances/${made.body.id}?force=true`);
  });
});
