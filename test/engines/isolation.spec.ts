import Docker from 'dockerode';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Instance } from '../../src/compute/instances';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { eventually } from '../support/eventually';
import { guestsOf } from '../support/engines/guests';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { EngineFixture } from '../support/engines/engine-fixture';

/** Secrets of the service that no guest may see. */
const ENVIRONMENT = { GATEWAY_TOKEN: 'x'.repeat(40), OPERATOR_TOKEN: 'secret-of-the-operator-0123456789' };

const HEADERS = { 'X-Gateway-Token': ENVIRONMENT.GATEWAY_TOKEN };

async function consoleOf(tenant: Client, id: string, marker: string): Promise<string> {
  return eventually(
    async () => {
      const { body } = await tenant.get<{ lines: readonly string[] }>(
        `/instances/${id}/console?lines=1000`,
        HEADERS,
      );
      const text = body.lines.join('\n');
      expect(text).toContain(marker);
      return text;
    },
    { withinMs: 60_000 },
  );
}

async function create(tenant: Client, request: Record<string, unknown>): Promise<Instance> {
  const { status, body } = await tenant.post<Instance>(
    '/instances',
    { name: 'guest', flavor: 'small', ...request },
    { ...HEADERS, Prefer: 'wait=30' },
  );
  expect([status, body.status]).toEqual([201, 'running']);
  return body;
}

forContainerEngines('containers of two tenants', (start) => {
  describe('are isolated from each other', () => {
    let engine: Engine;
    let docker: Docker;
    let fixture: EngineFixture;

    beforeAll(async () => {
      engine = await start();
      docker = new Docker({ socketPath: engine.socket });
      fixture = await EngineFixture.start({ socket: engine.socket, environment: ENVIRONMENT });
    });
    afterAll(async () => {
      await fixture.close();
      await engine.stop();
    });

    function container(script: string): Record<string, unknown> {
      return { type: 'container', imageId: TEST_IMAGE, container: { command: ['/bin/sh', '-c', script] } };
    }

    /** Runs a program in a container, as its owner could. */
    async function run(id: string, command: readonly string[]): Promise<string> {
      const exec = await docker
        .getContainer(`uim-${id}`)
        .exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true, Tty: true });
      const stream = await exec.start({ Tty: true });
      return text(stream);
    }

    it('in sockets, files and processes, and from the environment of the service', async () => {
      const [a, b] = [fixture.as('tenant-a'), fixture.as('tenant-b')];
      const listening =
        'echo the file of a >/tmp/of-a; while :; do echo the socket of a | nc -l -p 9000; done';
      const victim = await create(a, container(listening));
      const friend = await create(a, container('echo up; env; sleep 1000'));
      const attacker = await create(b, container('echo up; env; sleep 1000'));
      const environment = await consoleOf(b, attacker.id, 'up');
      for (const secret of Object.values(ENVIRONMENT)) expect(environment).not.toContain(secret);
      const { NetworkSettings } = await docker.getContainer(`uim-${victim.id}`).inspect();
      const [address] = Object.values(NetworkSettings.Networks).map(({ IPAddress }) => IPAddress);
      const ask = ['nc', '-w', '2', address ?? '', '9000'];
      await eventually(async () => expect(await run(friend.id, ask)).toContain('the socket of a'));
      expect(await run(attacker.id, ask)).not.toContain('the socket of a');
      expect(await run(attacker.id, ['ls', '/tmp'])).not.toContain('of-a');
      expect(await run(attacker.id, ['ps'])).not.toContain('nc -l -p');
    });
  });
});

describeWhere(QEMU_MISSING, 'virtual machines of two tenants', () => {
  let host: Server;
  let port: number;

  beforeAll(async () => {
    // The client may keep its end open.
    host = createServer((socket) => socket.end('HTTP/1.0 200 OK\r\n\r\nthe host', () => socket.destroy()));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const address = host.address();
    port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  });
  afterAll(() => new Promise((resolve) => host.close(resolve)));

  /** The second network proves that the targets are reachable without isolation. */
  it.each([
    { network: 'isolated', reaches: false },
    { network: 'user', reaches: true },
  ])('reach each other and the host in network $network: $reaches', async ({ network, reaches }) => {
    const fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { ...ENVIRONMENT, QEMU_NETWORK: network },
    });
    try {
      const [a, b] = [fixture.as('tenant-a'), fixture.as('tenant-b')];
      const guest = { type: 'vm', imageId: GUEST_IMAGE };
      const victim = await create(a, { ...guest, name: 'victim', vm: { ports: [{ port: 80 }] } });
      await consoleOf(a, victim.id, 'UIM-GUEST-DONE');
      const published = victim.ports[0]?.hostPort ?? 0;
      const asked = (one: number): string =>
        `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 3 10.0.2.2 ${one} | grep -q . && echo "came to ${one}" || echo "no way to ${one}"`;
      const tries = [asked(port), asked(published)];
      const attacker = await create(b, { ...guest, userData: `#!/bin/sh\n${tries.join('\n')}\n` });
      const said = await consoleOf(b, attacker.id, 'UIM-GUEST-DONE');
      for (const one of [port, published]) expect(said).toContain(`${reaches ? 'came' : 'no way'} to ${one}`);
      for (const { id } of [victim, attacker]) isConfined(fixture, id);
    } finally {
      await fixture.close();
    }
  });

  function isConfined(fixture: EngineFixture, id: string): void {
    const [{ pid } = { pid: 0 }] = guestsOf(id);
    const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
    for (const secret of Object.values(ENVIRONMENT)) expect(environment).not.toContain(secret);
    expect(statSync(fixture.directoryOf(id)).mode & 0o077).toBe(0);
    expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\s+2$/m);
  }
});
