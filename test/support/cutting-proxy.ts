import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * When to cut the connection, relative to the current request: once it is sent, when the response arrives but before
 * any of it is forwarded, halfway through the response, or after it.
 */
export const CUTS = ['unanswered', 'before', 'within', 'after'] as const;
export type Cut = (typeof CUTS)[number] | 'never';

interface Connection {
  readonly client: Socket;
  readonly upstream: Socket;
}

/** A proxy between a client and a replica that forwards whole requests and cuts connections. */
export class CuttingProxy {
  cuts = 0;
  private readonly connections = new Set<Connection>();

  private constructor(
    private readonly server: Server,
    private readonly nextCut: () => Cut,
    readonly url: string,
    private target: URL | undefined,
  ) {}

  /** @param nextCut is called for each request */
  static async before(target: string, nextCut: () => Cut = () => 'never'): Promise<CuttingProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const proxy = new CuttingProxy(server, nextCut, `http://127.0.0.1:${address.port}`, new URL(target));
    server.on('connection', (client) => proxy.accept(client));
    return proxy;
  }

  /** Cuts all connections and connects later ones to another replica, or refuses them if it is undefined. */
  retarget(target: string | undefined): void {
    this.target = target === undefined ? undefined : new URL(target);
    this.cut();
  }

  /** Cuts all connections. */
  cut(): void {
    this.cuts++;
    for (const connection of this.connections) destroy(connection);
  }

  async stop(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    if (this.target)
      this.carry({ client, upstream: connect(Number(this.target.port), this.target.hostname) });
    else client.on('error', () => undefined).destroy();
  }

  private carry(connection: Connection): void {
    const { client, upstream } = connection;
    this.connections.add(connection);
    for (const socket of [client, upstream]) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.connections.delete(connection);
        destroy(connection);
      });
    }
    const cut = (): void => {
      this.cuts++;
      destroy(connection);
    };
    let where: Cut = 'never';
    let request = Buffer.alloc(0);
    client.on('data', (chunk) => {
      request = Buffer.concat([request, chunk]);
      if (!isWhole(request)) return;
      where = this.nextCut();
      upstream.write(request, () => {
        if (where === 'unanswered') cut();
      });
      request = Buffer.alloc(0);
    });
    upstream.on('data', (chunk) => {
      if (where === 'never') client.write(chunk);
      else if (where === 'before') cut();
      else client.write(where === 'within' ? chunk.subarray(0, chunk.length / 2) : chunk, cut);
    });
    client.on('end', () => upstream.end());
    upstream.on('end', () => client.end());
  }
}

function destroy({ client, upstream }: Connection): void {
  client.destroy();
  upstream.destroy();
}

/** Test clients do not pipeline, and send a Content-Length with each body. */
function isWhole(request: Buffer): boolean {
  const text = request.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1] ?? '0';
  return request.length >= end + 4 + Number(length);
}
