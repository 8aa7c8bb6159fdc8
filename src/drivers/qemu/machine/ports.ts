import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { QemuConfig } from '../qemu.config';
import { DriverError, type GuestPort, type PublishedPort } from '../../port/driver-call';

/**
 * Chooses host ports for the ports of a guest: the previous ones if they are free, otherwise any free ones. If another
 * process takes one before QEMU binds it, QEMU fails to start and the caller chooses again.
 * @throws {DriverError} if ports are requested in a bridged network, which does not publish any
 */
export async function choosePorts(
  wanted: readonly GuestPort[],
  { network, publishAddress: address }: Pick<QemuConfig, 'network' | 'publishAddress'>,
  before: readonly PublishedPort[],
): Promise<readonly PublishedPort[]> {
  if (network.kind === 'bridge' && wanted.length > 0) {
    throw new DriverError('Ports cannot be published because the virtual machines use a bridge', {
      retryable: false,
    });
  }
  const chosen: PublishedPort[] = [];
  for (const { port, protocol } of wanted) {
    const last = before.find((each) => each.port === port && each.protocol === protocol);
    const hostPort =
      (last && (await free(protocol, address, last.hostPort))) ?? (await free(protocol, address, 0));
    if (hostPort === undefined) throw new Error('no free port');
    chosen.push({ port, protocol, address, hostPort });
  }
  return chosen;
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
