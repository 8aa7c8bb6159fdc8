import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { EXEC_PROTOCOL } from '../../src/compute/instances/sessions/exec-frames';
import type { Client } from './client';

export interface NewSession {
  readonly id: string;
  readonly kind: string;
  readonly expiresAt: number;
  readonly url: string;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
}

export interface Closing {
  readonly code: number;
  readonly reason: string;
}

/** Creates a session and returns it; fails the test if it is refused. */
export async function createSession(
  tenant: Client,
  instanceId: string,
  request: Readonly<Record<string, unknown>>,
): Promise<NewSession> {
  const { status, body } = await tenant.post<NewSession>(
    `/instances/${instanceId}/console-sessions`,
    request,
  );
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

const parse: (text: string) => { readonly code: string } = JSON.parse;

/** The client of one session, over a real WebSocket. */
export class SessionClient {
  /** Close code and reason. */
  readonly closed: Promise<Closing>;
  stdout = '';
  stderr = '';
  /** The output of a console. */
  text = '';
  status: unknown;

  private constructor(
    readonly socket: WebSocket,
    private readonly isExec: boolean,
  ) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    socket.on('error', () => undefined);
    socket.on('message', (data) => this.take(Buffer.isBuffer(data) ? data : Buffer.alloc(0)));
  }

  static async connect({ url, kind }: NewSession, options: ClientOptions = {}): Promise<SessionClient> {
    const isExec = kind === 'exec';
    const client = new SessionClient(new WebSocket(url, isExec ? [EXEC_PROTOCOL] : [], options), isExec);
    await once(client.socket, 'open');
    return client;
  }

  /** The response to a connection that is refused. */
  static async refused(url: string, options: ClientOptions = {}): Promise<Refusal> {
    const socket = new WebSocket(url, [], options);
    socket.on('error', () => undefined);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      socket.once('unexpected-response', (_request, refusal) => resolve(refusal));
      socket.once('open', () => reject(new Error('the connection was accepted')));
    });
    let text = '';
    for await (const chunk of response) text += String(chunk);
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    const { code } = parse(text);
    return { status: response.statusCode ?? 0, code };
  }

  type(text: string): void {
    this.socket.send(this.isExec ? Buffer.concat([Buffer.of(0), Buffer.from(text)]) : Buffer.from(text));
  }

  closeStdin(): void {
    this.socket.send(Buffer.of(255, 0));
  }

  resize(width: number, height: number): void {
    this.socket.send(Buffer.concat([Buffer.of(4), Buffer.from(JSON.stringify({ width, height }))]));
  }

  private take(message: Buffer): void {
    const data = message.subarray(1).toString();
    if (!this.isExec) this.text += message.toString();
    else if (message[0] === 1) this.stdout += data;
    else if (message[0] === 2) this.stderr += data;
    else if (message[0] === 3) this.status = JSON.parse(data);
  }
}
