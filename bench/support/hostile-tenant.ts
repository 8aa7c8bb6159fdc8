import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { idIn, INSTANCES, NEW_INSTANCE, NEW_LARGE_INSTANCES } from './instances';

const TENANT = 'hostile';
const HEADERS = { 'X-Tenant-ID': TENANT, 'Content-Type': 'application/json' };
/** Instances per request. */
const AT_ONCE = 100;
/** Connections opened at once. */
const AT_ONCE_CONNECTIONS = 100;
const ANSWER_MS = 60_000;
/** More than any limit of a tenant. */
const CONNECTIONS = { waits: 2100, streams: 2100, unread: 60 };
/** Lists requested per connection; the system buffers the first few megabytes of unread responses. */
const PIPELINED = 50;
const ATTACKERS = 16;

/** Refusals by code. */
export type Refusals = Readonly<Record<string, number>>;

/** Codes that must occur, or the tenant has not reached its limits. */
const EXPECTED = [
  'too_many_pending_operations',
  'too_many_idempotency_keys',
  'too_many_waits',
  'too_many_streams',
  'too_many_unread_answers',
];

/** A tenant that takes as much as it can get: rows, waits, streams, memory for responses, and CPU time. */
export class HostileTenant {
  private readonly sockets = new Set<Socket>();
  private readonly codes = new Map<string, number>();
  private isOver = false;
  private attacks: readonly Promise<void>[] = [];
  private id = '';

  constructor(
    private readonly url: string,
    private readonly scale: number,
  ) {}

  /** Creates large instances until they are refused; sends idempotency keys until those are refused. */
  async fillTables(atMost: number): Promise<void> {
    let hasKeys = true;
    for (let made = 0; made < atMost * this.scale; made += AT_ONCE) {
      const key = hasKeys ? { 'Idempotency-Key': `fill-${made}` } : {};
      const answer = await this.call(INSTANCES, {
        method: 'POST',
        headers: { ...HEADERS, ...key },
        body: NEW_LARGE_INSTANCES,
      });
      if (answer.text.includes('too_many_idempotency_keys')) hasKeys = false;
      else if (answer.status !== 201) return;
      this.id = idIn(answer.text) ?? this.id;
    }
  }

  /** Holds as many waits and streams as possible, and leaves responses unread. */
  async holdConnections(): Promise<void> {
    const one = `${INSTANCES}/${this.id}`;
    const { waits, streams, unread } = CONNECTIONS;
    await this.open(waits, `${one}/wait?status=running&timeoutSeconds=300`);
    await this.open(streams, '/api/v1/compute/events', 'Accept: text/event-stream\r\n');
    await this.open(unread, `${INSTANCES}?limit=1000`, '', 'pipelined');
  }

  /** Sends costly requests and requests that are refused, each as soon as the previous one was answered. */
  attack(): void {
    const post = { method: 'POST', headers: HEADERS };
    const create = JSON.stringify(NEW_INSTANCE);
    const keyed = { ...HEADERS, 'Idempotency-Key': 'one more' };
    const requests: readonly (() => Promise<unknown>)[] = [
      () => this.call(INSTANCES, { ...post, body: create }),
      () => this.call(`${INSTANCES}/${this.id}/start`, { ...post, headers: keyed }),
      () => this.call(`${INSTANCES}?limit=1000`, { headers: HEADERS }),
      () => this.call(INSTANCES, { ...post, body: `{"name":"${'x'.repeat(100_000)}"}` }),
      () => this.call(`${INSTANCES}/${this.id}/wait?status=running&timeoutSeconds=0`, { headers: HEADERS }),
    ];
    this.attacks = Array.from({ length: ATTACKERS }, async (_, i) => {
      // Connections closed by the service are expected.
      for (let turn = i; !this.isOver; turn++)
        await requests[turn % requests.length]?.().catch(() => undefined);
    });
  }

  /** @throws {Error} if a limit was not reached. */
  refusals(): Refusals {
    const refusals = Object.fromEntries(this.codes);
    const missing = EXPECTED.filter((code) => refusals[code] === undefined);
    if (missing.length > 0 && this.scale === 1)
      throw new Error(`not refused with ${missing.join(', ')}: ${JSON.stringify(refusals)}`);
    return refusals;
  }

  async stop(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.attacks);
    for (const socket of this.sockets) socket.destroy();
  }

  private async call(
    path: string,
    request: RequestInit,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const response = await fetch(`${this.url}${path}`, {
      ...request,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    if (!response.ok) this.note(/"code":"(\w+)"/.exec(text)?.[1] ?? String(response.status));
    return { status: response.status, text };
  }

  private async open(
    count: number,
    path: string,
    headers = '',
    how: 'reading' | 'pipelined' = 'reading',
  ): Promise<void> {
    const request = `GET ${path} HTTP/1.1\r\nHost: service\r\nX-Tenant-ID: ${TENANT}\r\n${headers}\r\n`;
    const number = Math.max(1, Math.round(count * this.scale));
    for (let opened = 0; opened < number; opened += AT_ONCE_CONNECTIONS) {
      const some = Math.min(AT_ONCE_CONNECTIONS, number - opened);
      await Promise.all(
        Array.from({ length: some }, () =>
          this.openOne(how === 'pipelined' ? request.repeat(PIPELINED) : request, how),
        ),
      );
    }
  }

  private async openOne(text: string, how: string): Promise<void> {
    const { hostname, port } = new URL(this.url);
    const socket = connect(Number(port), hostname);
    this.sockets.add(socket);
    socket.on('error', () => this.sockets.delete(socket));
    socket.on('close', () => this.sockets.delete(socket));
    await once(socket, 'connect');
    socket.write(text);
    if (how === 'reading') socket.on('data', (part: Buffer) => this.read(part.toString('latin1')));
    else socket.pause();
  }

  private read(text: string): void {
    const code = /"code":"(\w+)"/.exec(text)?.[1];
    if (code !== undefined) this.note(code);
  }

  private note(code: string): void {
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
  }
}
