import { once } from 'node:events';
import {
  createServer,
  request as call,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

export type ProxyHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** A proxy that forwards requests to the service, unless a test sets another handler. */
export class FaultInjectingProxy {
  /** Received requests, oldest first. */
  readonly seen: IncomingMessage[] = [];
  /** Replaces `pass`. */
  handler: ProxyHandler | undefined;
  private readonly server: Server;

  private constructor(private readonly target: string) {
    this.server = createServer((request, response) => {
      this.seen.push(request);
      void (this.handler ?? this.pass)(request, response);
    });
  }

  static async before(target: string): Promise<FaultInjectingProxy> {
    const proxy = new FaultInjectingProxy(target);
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  }

  readonly pass: ProxyHandler = async (request, response) => {
    const answer = await this.answerTo(request);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.on('close', () => answer.destroy());
    answer.pipe(response);
  };

  /** Lets the service process the request, but closes the connection instead of forwarding the response. */
  readonly cut: ProxyHandler = async (request, response) => {
    (await this.answerTo(request)).resume();
    response.destroy();
  };

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Forwards the request and returns the response with its body unread. */
  async answerTo(request: IncomingMessage): Promise<IncomingMessage> {
    const { method, headers, url = '' } = request;
    const onward = call(new URL(url, this.target), { method, headers, agent: false });
    return new Promise((resolve, reject) => {
      onward.on('response', resolve).on('error', reject);
      request.pipe(onward);
    });
  }
}
