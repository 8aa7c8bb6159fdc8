import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../../../platform/errors/app.error';
import { findError } from '../../../../platform/errors/define-errors';
import { parseRecord } from '../../../../platform/values/records';

/** Marks a forwarded request, which is not forwarded again. */
export const FORWARDED_HEADER = 'x-session-forwarded';
/** What the client sends for the handshake, and what the other replica checks or logs. */
const PASSED = /^(host|origin|sec-websocket-.+|traceparent)$/;
const MAX_PROBLEM_BYTES = 65_536;
/** How long one side may take to close after the other one. */
const CLOSING_MS = 5000;

export interface Forwarding {
  /** URL of the replica, without a path. */
  readonly url: string;
  readonly path: string;
  /** In addition to those of the handshake. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A connection to the other replica that is now a WebSocket. */
export interface ForwardedSession {
  readonly socket: Duplex;
  /** The response, and what the other replica has sent after it. */
  readonly head: Buffer;
}

/**
 * Repeats the handshake of a client at another replica.
 * @throws {AppError} with which the other replica refuses it
 * @throws {Error} if it cannot be reached
 */
export async function openAt(
  { url, path, headers }: Forwarding,
  client: IncomingMessage,
  signal: AbortSignal,
): Promise<ForwardedSession> {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const passed = Object.entries(client.headers).filter(([name]) => PASSED.test(name));
  const options: RequestOptions = {
    ...{ protocol, host, port, path, signal, agent: false },
    headers: {
      ...Object.fromEntries(passed),
      ...headers,
      ...{ connection: 'Upgrade', upgrade: 'websocket', [FORWARDED_HEADER]: '1' },
    },
  };
  // Otherwise, the Host header of the client would name the certificate.
  const send = (): ReturnType<typeof httpRequest> =>
    protocol === 'https:'
      ? httpsRequest({ ...options, servername: isIP(host) === 0 ? host : '' })
      : httpRequest(options);
  return new Promise((resolve, reject) => {
    send()
      .once('error', reject)
      .once('upgrade', (response, socket, head) => {
        socket.on('error', () => undefined);
        resolve({ socket, head: Buffer.concat([headOf(response), head]) });
      })
      .once('response', (response) => {
        refusalOf(response).then(reject, reject);
      })
      .end();
  });
}

/**
 * Passes bytes on in both directions, neither faster than they are taken, until both sides have closed.
 * @param silentMs how long the other replica may send nothing; it sends pings
 * @param signal ends both
 */
export async function relay(
  [client, replica]: readonly [Duplex, Duplex],
  silentMs: number,
  signal: AbortSignal,
): Promise<void> {
  const end = (): void => {
    client.destroy();
    replica.destroy();
  };
  const silence = setTimeout(end, silentMs);
  let closing: NodeJS.Timeout | undefined;
  const close = (): void => {
    closing ??= setTimeout(end, CLOSING_MS);
  };
  replica.on('data', () => silence.refresh());
  const closed = [client, replica].map(
    (side) => new Promise<void>((resolve) => (side.closed ? resolve() : side.once('close', () => resolve()))),
  );
  for (const [side, other] of [
    [client, replica],
    [replica, client],
  ] as const) {
    side.once('end', close);
    // After a regular end, the other side still gets what is on the way.
    side.once('close', () => {
      if (other.writableEnded) close();
      else other.destroy();
    });
    side.pipe(other);
  }
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted || client.destroyed || replica.destroyed) end();
  await Promise.all(closed);
  signal.removeEventListener('abort', end);
  clearTimeout(silence);
  clearTimeout(closing);
}

function headOf({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage): Buffer {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

async function refusalOf(response: IncomingMessage): Promise<Error> {
  let text = '';
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > MAX_PROBLEM_BYTES) break;
  }
  const { code, detail } = parseRecord(text);
  const definition = typeof code === 'string' ? findError(code) : undefined;
  if (!definition) return new Error(`the other replica responded with status ${response.statusCode ?? 0}`);
  const seconds = Number(response.headers['retry-after'] ?? NaN);
  return new AppError(definition, {
    ...(typeof detail === 'string' && { message: detail }),
    ...(Number.isInteger(seconds) && { retryAfterSeconds: seconds }),
  });
}
