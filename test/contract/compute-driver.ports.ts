import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, isIP } from 'node:net';
import type { GuestPort, PublishedPort } from '../../src/drivers';
import { newId } from '../../src/platform/values/uuid';
import { eventually } from '../support/eventually';
import type { Under } from './compute-driver.abilities';
import { DriverCore } from './driver-core';

const RUNNING = { presence: 'present', power: 'running' };
const WITHIN = { withinMs: 120_000 };
const TEST_MS = 300_000;
const ABSENT = { presence: 'absent' };
/** Engines choose higher ones. */
const REQUESTED = [20_000, 30_000] as const;

/** The tested instance must have port 8080. */
export interface PortsAbility {
  /** Response expected on the first port of the instance, or null for an engine without guests. */
  readonly answers: RegExp | null;
}

export function portsContract({ answers }: PortsAbility, { subject, core }: Under): void {
  it(
    'publishes the requested ports, before and after a restart',
    async () => {
      const requested = subject().instance.guest.ports;
      expect(requested).not.toEqual([]);
      await core().create();
      for (const isAgain of [false, true]) {
        if (isAgain) {
          await core().stop();
          expect(core().ports).toEqual([]);
          await core().start();
        }
        const ports = core().ports;
        expect(ports.map(({ port, protocol }) => ({ port, protocol }))).toEqual(requested);
        const [port] = ports;
        if (!port) throw new Error('no port is published');
        if (answers) await eventually(async () => expect(await answerOf(port)).toMatch(answers), WITHIN);
      }
    },
    TEST_MS,
  );
}

export function noPortsContract({ subject }: Under): void {
  it('publishes no ports', async () => {
    const { driver, instance } = subject();
    const guest = { ...instance.guest, ports: [{ port: 8080, protocol: 'tcp' } as const] };
    const core = new DriverCore(driver, { ...instance, guest });
    try {
      await core.create();
      expect(core.ports).toEqual([]);
      expect(await core.inspect()).toMatchObject(RUNNING);
      expect(await core.inspect()).not.toHaveProperty('ports');
    } finally {
      await core.destroy();
    }
  });
}

export function hostPortsContract({ answers }: PortsAbility, { subject }: Under): void {
  const requesting = (port: GuestPort): DriverCore => {
    const { driver, instance } = subject();
    return new DriverCore(driver, {
      ...instance,
      id: newId(),
      guest: { ...instance.guest, ports: [port] },
    });
  };

  it(
    'publishes a port at the requested host port, after each start and reboot',
    async () => {
      const port = { port: 8080, protocol: 'tcp', hostPort: await freePort() } as const;
      const core = requesting(port);
      const { reboot } = subject().driver.abilities;
      const steps = [
        () => core.create(),
        () => core.create(),
        () => core.stop().then(() => core.start()),
        ...(reboot
          ? [async () => core.reboot({ type: 'hard', run: await reboot.runOf(core.call('inspect')) })]
          : []),
      ];
      try {
        for (const step of steps) {
          await step();
          expect(core.ports).toMatchObject([port]);
          expect(await core.inspect()).toMatchObject({ ...RUNNING, ports: [port] });
          const [published] = core.ports;
          if (answers && published)
            await eventually(async () => expect(await answerOf(published)).toMatch(answers), WITHIN);
        }
        await core.stop();
        expect(core.ports).toEqual([]);
      } finally {
        await core.destroy();
      }
    },
    TEST_MS,
  );

  if (!answers) return;
  it(
    'refuses a host port that another program uses, leaves nothing behind, and publishes it once it is free',
    async () => {
      const port = { port: 8080, protocol: 'tcp', hostPort: await freePort() } as const;
      const [first, second] = [requesting(port), requesting(port)];
      const refuses = async (call: Promise<void>): Promise<void> => {
        await expect(call).rejects.toThrow(`Port ${port.hostPort}/tcp of the host is in use`);
        await expect(call).rejects.toMatchObject({ name: 'DriverError', retryable: false });
      };
      try {
        await first.create();
        await refuses(second.create());
        expect(await second.inspect()).toEqual(ABSENT);
        await first.stop();
        await second.create();
        await refuses(first.start());
        expect(await first.inspect()).toMatchObject({ presence: 'present' });
        await second.destroy();
        await first.start();
        expect(first.ports).toMatchObject([port]);
      } finally {
        await first.destroy();
        await second.destroy();
      }
    },
    TEST_MS,
  );
}

export function addressesContract(isReported: boolean, { core }: Under): void {
  it(
    isReported ? 'reports the addresses of a running guest' : 'reports no addresses',
    async () => {
      await core().create();
      const { addresses } = core();
      expect(addresses.length > 0).toBe(isReported);
      for (const { address, family, network, mac } of addresses) {
        expect(isIP(address)).toBe(family === 'ipv4' ? 4 : 6);
        expect(network).not.toBe('');
        expect(mac ?? '00:00:00:00:00:00').toMatch(/^[\da-f]{2}(:[\da-f]{2}){5}$/);
      }
      const observation = await core().inspect();
      expect('addresses' in observation ? observation.addresses : []).toEqual(addresses);
      await core().stop();
      expect(core().addresses).toEqual([]);
      expect(await core().inspect()).not.toHaveProperty('addresses');
    },
    TEST_MS,
  );
}

/** A port that no program on this machine uses. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = randomInt(...REQUESTED);
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

function answerOf({ address, hostPort }: PublishedPort): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port: hostPort, timeout: 2000 });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    socket.on('close', () => resolve(text));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', reject);
  });
}
