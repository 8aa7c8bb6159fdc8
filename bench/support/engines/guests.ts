import { setMaxListeners } from 'node:events';
import { createConnection } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Compute, Made } from './compute';
import { DEBIAN_IMAGE, GUEST_IMAGE } from './machines';

const ANSWER_LIMIT_MS = 300_000;
/** Of one connection: QEMU accepts connections before its guest does, and some of those are lost. */
const CONNECTION_MS = 10_000;
const CONNECT_EVERY_MS = 100;
const SERVED = /^HTTP\/1\.[01] 200/;

/** A kind of virtual machine that serves HTTP at a port. */
export interface Guest {
  readonly request: { readonly type: 'vm'; readonly imageId: string; readonly vm: object };
  /** Requested at the port: an answer of 200 shows that it serves. */
  readonly path: string;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

export const SMALL: Guest = {
  request: { type: 'vm', imageId: GUEST_IMAGE, vm: { ports: [{ port: 80 }] } },
  path: '/',
};

export const DEBIAN: Guest = {
  ...SMALL,
  request: { ...SMALL.request, imageId: DEBIAN_IMAGE },
};

/** Writes random data to its disk, and answers when it has done so. */
export function writing(megabytes: number): Guest {
  const script = `dd if=/dev/urandom of=/dev/vda bs=1M count=${megabytes} && sync && echo done >/www/done`;
  const request = { ...SMALL.request, userData: `#!/bin/sh\n${script}\n` };
  return { ...SMALL, request, path: '/done' };
}

/** Address of the first port that the instance publishes. */
export async function addressOf(compute: Compute, { id }: Pick<Made, 'id'>): Promise<Address> {
  const instance = await compute.call('GET', `/instances/${id}`);
  const ports: readonly unknown[] =
    'ports' in instance && Array.isArray(instance.ports) ? instance.ports : [];
  const [port] = ports;
  if (typeof port === 'object' && port !== null && 'address' in port && 'hostPort' in port) {
    return { host: String(port.address), port: Number(port.hostPort) };
  }
  throw new Error(`no port is published: ${JSON.stringify(instance)}`);
}

/** Resolves when the guest has answered on one of several connections. @throws {Error} if it does not in five minutes */
export async function untilAnswer(guest: Guest, address: Address): Promise<void> {
  const end = performance.now() + ANSWER_LIMIT_MS;
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const connections = new Set<Promise<void>>();
  try {
    while (!over.signal.aborted) {
      if (performance.now() > end) throw new Error(`${address.host}:${address.port} does not answer`);
      const connection = ask(guest, address, over.signal).then((isAnswered) => {
        connections.delete(connection);
        if (isAnswered) over.abort();
      });
      connections.add(connection);
      await delay(CONNECT_EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  } finally {
    over.abort();
    await Promise.all(connections);
  }
}

/** @returns whether the guest answered. */
async function ask({ path }: Guest, address: Address, over: AbortSignal): Promise<boolean> {
  const socket = createConnection(address);
  const destroy = (): unknown => socket.destroy();
  over.addEventListener('abort', destroy, { once: true });
  socket.setTimeout(CONNECTION_MS, destroy);
  const received = new Promise<string>((resolve) => {
    socket.once('connect', () => socket.write(`GET ${path} HTTP/1.0\r\n\r\n`));
    socket.once('data', (data) => resolve(data.toString('latin1')));
    socket.once('error', () => resolve(''));
    socket.once('close', () => resolve(''));
  });
  const isAnswered = SERVED.test(await received);
  over.removeEventListener('abort', destroy);
  socket.destroy();
  return isAnswered;
}
