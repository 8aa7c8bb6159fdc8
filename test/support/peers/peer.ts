import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Faults, parseFault, type Fault, type FaultScope, type RequestFault } from './faults';
import { JsonBody } from './json-body';
import { DONE, json, NO_ROUTE, refusal, REPLY_OF, send, type Reply } from './reply';

export type { Fault, FaultScope } from './faults';

const HOST = '127.0.0.1';
const KEPT_REQUESTS = 10_000;
const LATE_MS = 2000;
/**
 * Below the ephemeral port range: an outgoing connection could otherwise take the port of a refusing peer, or even
 * connect to itself.
 */
const PORTS = { from: 20_000, to: 32_000, tries: 20 };

export interface ReceivedRequest {
  readonly method: string;
  /** As sent, including the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Call {
  readonly tenantId: string;
  /** Value of `:id` in the route's path, or empty. */
  readonly id: string;
  readonly raw: string;
  /** @throws {Error} if the body is not a JSON object; the peer then answers 500 */
  readonly body: () => JsonBody;
}

export interface Route {
  readonly method: string;
  /** May have one `:id`. */
  readonly path: string;
  readonly answer: (call: Call) => Reply;
}

/** A platform service that compute calls: a real HTTP server with injectable faults. */
export abstract class Peer {
  protected abstract readonly service: string;
  protected abstract readonly routes: readonly Route[];
  private readonly server = createServer((message, response) => {
    // Fails only if the client disconnects before the request is complete.
    this.receive(message, response).catch(() => response.destroy());
  });
  private readonly kept: ReceivedRequest[] = [];
  private readonly faults = new Faults();
  private readonly hanging = new Set<ServerResponse>();
  private delayed = 0;
  private port = 0;
  private crashReason: string | undefined;

  /** Base URL, constant for the life of the peer. */
  get url(): string {
    return `http://${HOST}:${this.port}`;
  }

  /** The last 10,000 requests, including those with a fault, excluding those to /_faults. */
  get received(): readonly ReceivedRequest[] {
    return this.kept;
  }

  /** Number of pending requests with the fault `late`. */
  get late(): number {
    return this.delayed;
  }

  /** Adds a fault; the newest match applies. `refuse` ignores the scope. */
  async fail(fault: Fault, scope: FaultScope = {}): Promise<void> {
    if (fault === 'refuse') await this.close();
    else this.faults.add(fault, scope);
  }

  /** Clears all faults: closes hanging requests, and listens on the same port again. */
  async heal(): Promise<void> {
    this.faults.clear();
    for (const response of this.hanging) response.destroy();
    if (!this.server.listening) await this.listen(this.port);
  }

  /** @throws {Error} if the service has crashed, so that a test cannot miss it */
  async stop(): Promise<void> {
    await this.close();
    if (this.crashReason !== undefined) throw new Error(`${this.service} crashed: ${this.crashReason}`);
  }

  /** Why the original would have crashed, or undefined. */
  get crashed(): string | undefined {
    return this.crashReason;
  }

  /** Simulates a crash: closes all connections and does not listen until the peer is healed. */
  protected crash(reason: string): void {
    this.crashReason = reason;
    this.server.close();
    this.server.closeAllConnections();
  }

  /** @param port 0 picks a free port */
  protected async open(port = 0): Promise<void> {
    if (port !== 0) {
      await this.listen(port);
      return;
    }
    for (let triesLeft = PORTS.tries; ; triesLeft -= 1) {
      try {
        await this.listen(randomInt(PORTS.from, PORTS.to));
        return;
      } catch (error) {
        if (!isTaken(error) || triesLeft === 0) throw error;
      }
    }
  }

  private async listen(port: number): Promise<void> {
    this.server.listen(port, HOST);
    await once(this.server, 'listening');
    this.port = port;
  }

  private async close(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async receive(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = message;
    const request = { method, path, headers, body: await text(message) };
    if (path === '/_faults') {
      send(response, await this.command(request));
      return;
    }
    this.kept.push(request);
    if (this.kept.length > KEPT_REQUESTS) this.kept.shift();
    this.answer(request, response, this.faults.take(request));
  }

  private answer(request: ReceivedRequest, response: ServerResponse, fault: RequestFault | undefined): void {
    switch (fault) {
      case undefined:
        send(response, this.work(request));
        break;
      case 'hang':
        this.hanging.add(response);
        response.on('close', () => this.hanging.delete(response));
        break;
      case 'lostAnswer':
        this.work(request);
        response.destroy();
        break;
      case 'late':
        this.workLater(request, response);
        break;
      case 'error500':
      case 'notFound':
      case 'garbage':
        send(response, REPLY_OF[fault]);
    }
  }

  private workLater(request: ReceivedRequest, response: ServerResponse): void {
    this.delayed++;
    setTimeout(() => {
      this.delayed--;
      const reply = this.work(request);
      if (!response.destroyed) send(response, reply);
    }, LATE_MS).unref();
  }

  private work({ method, path, headers, body }: ReceivedRequest): Reply {
    if (method === 'GET' && path === '/health') {
      return json(200, { status: 'healthy', service: this.service });
    }
    const tenant = headers['x-tenant-id'];
    const tenantId = typeof tenant === 'string' && tenant !== '' ? tenant : 'default';
    for (const route of this.routes) {
      const match = new RegExp(`^${route.path.replace(':id', '([^/]+)')}$`).exec(path);
      if (!match || route.method !== method) continue;
      try {
        return route.answer({ tenantId, id: match[1] ?? '', raw: body, body: () => new JsonBody(body) });
      } catch (error) {
        return refusal(500, String(error));
      }
    }
    return NO_ROUTE;
  }

  /** Sets and clears faults over HTTP, for manual use with curl. */
  private async command({ method, body }: ReceivedRequest): Promise<Reply> {
    if (method === 'DELETE') {
      await this.heal();
      return DONE;
    }
    if (method !== 'PUT') return NO_ROUTE;
    try {
      const { fault, scope } = parseFault(body);
      await this.fail(fault, scope);
      return DONE;
    } catch (error) {
      return refusal(400, String(error));
    }
  }
}

/** Without `instanceof Error`: in Jest, Node's own errors are of another realm. */
function isTaken(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
}
