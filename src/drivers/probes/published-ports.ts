import { get } from 'node:http';
import { connect } from 'node:net';
import { abortOnTimeout } from '../../platform/async/timeout';
import type { Probe } from '../port/readiness';
import type { PublishedPort } from '../port/driver-call';

/** A proxy of the engine accepts the connection first, and closes it if the guest refuses it. */
const HELD_MS = 150;
const TIMEOUT_MS = 2000;
const UNSPECIFIED: Readonly<Record<string, string>> = {
  '': '127.0.0.1',
  '0.0.0.0': '127.0.0.1',
  '::': '::1',
};

interface Target {
  readonly host: string;
  readonly port: number;
}

export interface PortProbe {
  readonly probe: Extract<Probe, { readonly port: number }>;
  readonly ports: readonly PublishedPort[];
  /** The host of the engine, for ports that are published at all its addresses; null if it is this machine. */
  readonly engineHost?: string | null;
  readonly signal: AbortSignal;
  /** While the connection is open, until the signal aborts. @returns why the guest is not ready; null if it is */
  readonly confirm?: (published: PublishedPort, signal: AbortSignal) => Promise<string | null>;
}

/** @returns why the guest is not ready; null if it is */
export async function probePort(options: PortProbe): Promise<string | null> {
  const { probe, ports, engineHost = null, signal, confirm } = options;
  const published = ports.find(({ port, protocol }) => port === probe.port && protocol === 'tcp');
  if (!published) return `port ${probe.port} is not published`;
  const { address, hostPort } = published;
  // On another machine, these are addresses of that machine.
  if (engineHost !== null && isLoopback(address))
    return `the port is published at ${address} of another machine`;
  const unspecified = UNSPECIFIED[address];
  const host = unspecified === undefined ? address : (engineHost ?? unspecified);
  const target = { host, port: hostPort };
  return abortOnTimeout({ timeoutMs: TIMEOUT_MS, signal }, (limit) =>
    probe.kind === 'http'
      ? answers(target, probe.path, limit)
      : accepts(target, limit, confirm && ((until) => confirm(published, until))),
  );
}

async function accepts(
  target: Target,
  limit: AbortSignal,
  confirm: ((signal: AbortSignal) => Promise<string | null>) | undefined,
): Promise<string | null> {
  const socket = connect(target);
  const ending = new AbortController();
  try {
    return await new Promise<string | null>((resolve) => {
      const late = (): void => resolve('the connection was not accepted in time');
      limit.addEventListener('abort', late, { once: true });
      socket.once('error', (error) => resolve(`the connection failed${codeOf(error)}`));
      socket.once('close', () => resolve('the connection was closed at once'));
      // A server that speaks first has accepted it.
      socket.once('data', () => resolve(null));
      socket.once('connect', () => {
        if (confirm)
          confirm(ending.signal).then(resolve, () => resolve('the connection could not be observed'));
        else setTimeout(() => resolve(null), HELD_MS);
      });
    });
  } finally {
    ending.abort();
    socket.destroy();
  }
}

async function answers({ host, port }: Target, path: string, limit: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, agent: false, signal: limit }, (response) => {
      response.destroy();
      const { statusCode = 0 } = response;
      resolve(statusCode >= 200 && statusCode < 400 ? null : `GET ${path} was answered with ${statusCode}`);
    });
    request.on('error', (error) =>
      resolve(limit.aborted ? `GET ${path} was not answered in time` : `GET ${path} failed${codeOf(error)}`),
    );
  });
}

/** Messages have addresses of the host, which do not concern tenants. */
function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? `: ${error.code}` : '';
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}
