import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const CONFIG = 'application/vnd.docker.container.image.v1+json';
const LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';

interface Stored {
  readonly type: string;
  readonly bytes: Buffer;
}

/** A minimal container registry for pulls, with basic authentication. */
export class RegistryPeer {
  /** Number of authenticated requests for manifests. */
  asked = 0;
  private readonly stored = new Map<string, Stored>();
  private held: { readonly isOver: Promise<void>; readonly tell: () => void } | undefined;

  private constructor(
    private readonly server: Server,
    private readonly address: string,
    private readonly authorization: string,
  ) {}

  static async start(
    address: string,
    { user, password }: { user: string; password: string },
  ): Promise<RegistryPeer> {
    const server = createServer();
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const registry = new RegistryPeer(server, address, authorization);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void registry.answer(request, response);
    });
    server.listen(0, address);
    await once(server, 'listening');
    return registry;
  }

  /** Prefix of its image names. */
  get name(): string {
    const bound = this.server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the registry does not listen');
    return `${this.address}:${bound.port}`;
  }

  /** Serves an image with one layer, a tar file. Returns the image digest. */
  serve(repository: string, tag: string, tar: Buffer): string {
    const layer = { type: LAYER, bytes: gzipSync(tar) };
    const config = json(CONFIG, {
      architecture: 'amd64',
      os: 'linux',
      config: { Cmd: ['/bin/sh'], Env: ['PATH=/bin'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(tar)] },
    });
    const manifest = json(MANIFEST, {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: describing(config),
      layers: [describing(layer)],
    });
    for (const blob of [layer, config])
      this.stored.set(`/v2/${repository}/blobs/${digestOf(blob.bytes)}`, blob);
    for (const name of [tag, digestOf(manifest.bytes)]) {
      this.stored.set(`/v2/${repository}/manifests/${name}`, manifest);
    }
    return digestOf(manifest.bytes);
  }

  /** Makes requests for blobs wait until `release`. */
  hold(): { readonly isAsked: Promise<void>; readonly release: () => void } {
    let tell = (): void => undefined;
    let release = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (tell = resolve));
    const isOver = new Promise<void>((resolve) => (release = resolve));
    this.held = { isOver, tell };
    return {
      isAsked,
      release: () => {
        this.held = undefined;
        release();
      },
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    if (request.headers.authorization !== this.authorization) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' });
      response.end('{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}');
      return;
    }
    if (url === '/v2/') {
      response.end('{}');
      return;
    }
    if (url.includes('/manifests/')) this.asked++;
    if (url.includes('/blobs/') && this.held) {
      this.held.tell();
      await this.held.isOver;
    }
    this.send(this.stored.get(url), request, response);
  }

  private send(found: Stored | undefined, request: IncomingMessage, response: ServerResponse): void {
    if (!found) {
      response.writeHead(404, { 'Content-Type': 'application/json' });
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}');
      return;
    }
    response.writeHead(200, {
      'Content-Type': found.type,
      'Content-Length': found.bytes.length,
      'Docker-Content-Digest': digestOf(found.bytes),
    });
    response.end(request.method === 'HEAD' ? undefined : found.bytes);
  }
}

const json = (type: string, value: object): Stored => ({ type, bytes: Buffer.from(JSON.stringify(value)) });

const describing = ({ type, bytes }: Stored): object => ({
  mediaType: type,
  size: bytes.length,
  digest: digestOf(bytes),
});

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
