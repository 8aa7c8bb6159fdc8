import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { choosePorts } from '../../src/drivers/qemu/machine/ports';

const ADDRESS = '127.0.0.1';
const CONFIG = { network: { kind: 'isolated' }, publishAddress: ADDRESS, requestedPorts: undefined } as const;
const HTTP = { port: 80, protocol: 'tcp' } as const;

async function listening(): Promise<{ readonly server: Server; readonly hostPort: number }> {
  const server = createServer().listen(0, ADDRESS);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  const { port }: AddressInfo = address;
  return { server, hostPort: port };
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

describe('host ports of virtual machines', () => {
  it('are the requested ones, or the previous ones if none were requested', async () => {
    const { server, hostPort } = await listening();
    await closed(server);
    const chosen = [{ ...HTTP, address: ADDRESS, hostPort }];
    expect(await choosePorts([{ ...HTTP, hostPort }], CONFIG, [])).toEqual(chosen);
    expect(await choosePorts([HTTP], CONFIG, chosen)).toEqual(chosen);
  });

  it('are refused if another program uses a requested one', async () => {
    const { server, hostPort } = await listening();
    try {
      const choosing = choosePorts([{ ...HTTP, hostPort }], CONFIG, []);
      await expect(choosing).rejects.toThrow(`Port ${hostPort}/tcp of the host is in use`);
      await expect(choosing).rejects.toMatchObject({ retryable: false });
    } finally {
      await closed(server);
    }
  });

  it('are outside the range of those that can be requested, unless they are', async () => {
    const [lowest = 0, highest = 0] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .split(/\s+/)
      .map(Number);
    const requestedPorts = { first: lowest, last: Math.floor((lowest + highest) / 2) };
    const wanted = Array.from({ length: 32 }, (_, index) => ({ ...HTTP, port: index + 1 }));
    const before = wanted.map((port, index) => ({ ...port, address: ADDRESS, hostPort: lowest + index }));
    for (const protocol of ['tcp', 'udp'] as const) {
      const chosen = await choosePorts(
        wanted.map((port) => ({ ...port, protocol })),
        { ...CONFIG, requestedPorts },
        before.map((port) => ({ ...port, protocol })),
      );
      expect(chosen).toHaveLength(wanted.length);
      expect(chosen.filter(({ hostPort }) => hostPort <= requestedPorts.last)).toEqual([]);
    }
  });
});
