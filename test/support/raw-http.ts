import { connect } from 'node:net';
import type { ApiResponse } from './client';

const PATIENCE_MS = 15_000;

export interface RawResponse extends ApiResponse<null> {
  /** Everything received, head and body. */
  readonly raw: string;
}

/**
 * Sends bytes that no HTTP client would send, and reads one response up to its Content-Length or, without one, until
 * the server closes. Rejects if the server closes without a response.
 */
export async function sendRaw(url: string, ...parts: readonly (string | Buffer)[]): Promise<RawResponse> {
  const { hostname, port } = new URL(url);
  return new Promise<RawResponse>((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = Buffer.alloc(0);
    const settle = (isClosed: boolean): void => {
      const answer = parse(received.toString('utf8'), isClosed);
      if (answer) resolve(answer);
      else if (isClosed) reject(new Error(`closed after ${JSON.stringify(received.toString('utf8'))}`));
      if (answer) socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      settle(false);
    });
    socket.on('close', () => settle(true));
    // A server that has answered may reset the connection over unread data.
    socket.on('error', () => settle(true));
    for (const part of parts) socket.write(part);
  });
}

function parse(raw: string, isClosed: boolean): RawResponse | undefined {
  const end = raw.indexOf('\r\n\r\n');
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(raw)?.[1];
  if (end === -1 || status === undefined) return undefined;
  const headers = new Headers();
  for (const line of raw.slice(0, end).split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const text = raw.slice(end + 4);
  const length = Number(headers.get('content-length') ?? (isClosed ? 0 : Infinity));
  if (Buffer.byteLength(text) < length) return undefined;
  return { status: Number(status), headers, body: null, text, raw };
}
