import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { QemuConfig } from '../qemu.config';
import { DriverError, HostPortInUseError, type GuestPort, type PublishedPort } from '../../port/driver-call';
import { isInRange } from '../../host-ports.config';

/** Ports to choose from if those that the kernel chooses can be requested. */
const CHOSEN = { first: 32_768, last: 65_535 };
const MOST_TRIES = 100;

type PortsConfig = Pick<QemuConfig, 'network' | 'publishAddress' | 'requestedPorts'>;

/**
 * Chooses host ports for the ports of a guest: the requested ones; otherwise the previous ones if they are free, or any
 * free ones. If another process takes one before QEMU binds it, QEMU fails to start and the caller chooses again.
 * @throws {DriverError} if ports are requested in a bridged network, which does not publish any, or if a requested host
 * port is not free
 */
export async function choosePorts(
  wanted: readonly GuestPort[],
  config: PortsConfig,
  before: readonly PublishedPort[],
): Promise<readonly PublishedPort[]> {
  const { network, publishAddress: address } = config;
  if (network.kind === 'bridge' && wanted.length > 0) {
    throw new DriverError('Ports cannot be published because the virtual machines use a bridge', {
      retryable: false,
    });
  }
  const chosen: PublishedPort[] = [];
  for (const { port, protocol, hostPort } of wanted) {
    const last = before.find((each) => each.port === port && each.protocol === protocol);
    chosen.push({
      ...{ port, protocol, address },
      hostPort:
        hostPort === undefined
          ? await chooseFree(protocol, config, last)
          : await requested({ port, protocol, hostPort }, address),
    });
  }
  return chosen;
}

async function requested(port: Required<GuestPort>, address: string): Promise<number> {
  const { protocol, hostPort } = port;
  if ((await free(protocol, address, hostPort)) === undefined) throw new HostPortInUseError(port, hostPort);
  return hostPort;
}

async function chooseFree(
  protocol: GuestPort['protocol'],
  { publishAddress: address, requestedPorts }: PortsConfig,
  last: PublishedPort | undefined,
): Promise<number> {
  if (last && !isInRange(last.hostPort, requestedPorts)) {
    const again = await free(protocol, address, last.hostPort);
    if (again !== undefined) return again;
  }
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    // Only the first is up to the kernel: it prefers the lower half of its range, all of which may be in the other.
    const tried = tries === 0 ? 0 : randomInt(CHOSEN.first, CHOSEN.last + 1);
    if (isInRange(tried, requestedPorts)) continue;
    const port = await free(protocol, address, tried);
    if (port !== undefined && !isInRange(port, requestedPorts)) return port;
  }
  throw new Error('no free port');
}

/** Returns the port if it is free, otherwise undefined. Port 0 stands for any free port. */
function free(protocol: 'tcp' | 'udp', address: string, port: number): Promise<number | undefined> {
  return protocol === 'tcp' ? freeTcp(address, port) : freeUdp(address, port);
}

function freeTcp(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

function freeUdp(address: string, port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind({ address, port, exclusive: true }, () => {
      const bound = socket.address().port;
      socket.close(() => resolve(bound));
    });
  });
}

/** Another process has taken the port since it was chosen. */
export class PortTakenError extends DriverError {
  constructor() {
    super('No free port was found on the host', { retryable: true });
  }
}
