import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { InstanceEvent } from '../../src/compute/events';
import type { Certificate } from './certificate';

/** What the receiver does with a request: a status, with headers, or no answer. */
type Behavior =
  | number
  | 'hang'
  | 'disconnect'
  | { readonly status: number; readonly headers: Readonly<Record<string, string>> };

export interface ReceivedDelivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly event: InstanceEvent;
  readonly type: string;
  readonly timestamp: string;
  readonly atMs: number;
}

interface Message {
  readonly type: string;
  readonly timestamp: string;
  readonly data: InstanceEvent;
}

/** A real HTTP or HTTPS server that records deliveries of events, and can fail or hang. */
export class WebhookReceiver {
  /** All requests, including those that it refused. */
  readonly received: ReceivedDelivery[] = [];
  /** Called for each request; by default, it responds with 204. */
  behave: (delivery: ReceivedDelivery) => Behavior = () => 204;
  private readonly server: Server;

  private constructor(certificate?: Certificate) {
    const listener: RequestListener = (request, response) => {
      void text(request).then((body) => {
        const message: unknown = JSON.parse(body);
        const delivery = { headers: request.headers, body, atMs: performance.now(), ...parse(message) };
        this.received.push(delivery);
        const behavior = this.behave(delivery);
        if (behavior === 'hang') return;
        if (behavior === 'disconnect') {
          request.socket.end();
          return;
        }
        if (typeof behavior === 'number') response.writeHead(behavior).end();
        else response.writeHead(behavior.status, behavior.headers).end();
      });
    };
    this.server = certificate
      ? createTlsServer({ key: certificate.key, cert: certificate.cert }, listener)
      : createServer(listener);
  }

  static async start(certificate?: Certificate): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver(certificate);
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get port(): number {
    const address = this.server.address();
    if (!isAddress(address)) throw new Error('the receiver does not listen');
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/events`;
  }

  /** Those about an instance, in order of arrival. */
  of(instanceId: string): readonly ReceivedDelivery[] {
    return this.received.filter(({ event }) => event.instanceId === instanceId);
  }

  /** Forgets what was received, and behaves well again. */
  reset(): void {
    this.received.length = 0;
    this.behave = () => 204;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

function parse(message: unknown): Pick<ReceivedDelivery, 'event' | 'type' | 'timestamp'> {
  if (!isMessage(message)) throw new Error('the delivery is not a message of Standard Webhooks');
  const { type, timestamp, data } = message;
  return { type, timestamp, event: data };
}

function isMessage(message: unknown): message is Message {
  return typeof message === 'object' && message !== null && 'timestamp' in message && 'data' in message;
}
