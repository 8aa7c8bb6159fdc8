import { connect } from 'node:net';
import type { PublishedPort } from '../../src/drivers';
import { eventually } from '../support/eventually';
import type { Under } from './compute-driver.abilities';
import { DriverCore } from './driver-core';

const RUNNING = { presence: 'present', power: 'running' };
const WITHIN = { withinMs: 120_000 };
const TEST_MS = 300_000;

/** The tested instance must request at least one port. */
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
      expect(await core.inspect()).toEqual(RUNNING);
    } finally {
      await core.destroy();
    }
  });
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
