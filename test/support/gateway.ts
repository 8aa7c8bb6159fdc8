import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { eventually } from './eventually';
import { freePort } from './postgres';

const DEPLOY = join(__dirname, '..', '..', 'deploy');
const HOST = 'compute.example.com';
const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';

/** The gateways with a configuration in `deploy/`. */
const KINDS = {
  nginx: { version: ['nginx', '-v'], config: 'nginx.conf', prepare: prepareNginx },
  Caddy: { version: ['caddy', 'version'], config: 'Caddyfile', prepare: prepareCaddy },
} as const;

export type GatewayKind = keyof typeof KINDS;

/** Returns the name of the missing program, or undefined if the gateway can run here. */
export function missingFor(kind: GatewayKind): string | undefined {
  for (const [program, argument] of [['openssl', 'version'], KINDS[kind].version] as const)
    if (spawnSync(program, [argument]).error) return `${program} is not installed`;
  return undefined;
}

/** A gateway that runs with the configuration in `deploy/`, in which only paths, addresses and the token are replaced. */
export class Gateway {
  private constructor(
    private readonly child: ChildProcess,
    private readonly directory: string,
    private readonly port: number,
  ) {}

  static async start(kind: GatewayKind, serviceUrl: string, token: string): Promise<Gateway> {
    const directory = await mkdtemp(join(tmpdir(), 'uim-gateway-'));
    createAuthority(directory);
    createCertificate(directory, 'gateway', `/CN=${HOST}`);
    const port = await freePort();
    const { config: file, prepare } = KINDS[kind];
    const config = readFileSync(join(DEPLOY, file), 'utf8')
      .replaceAll('/etc/uim-compute/', `${directory}/`)
      .replaceAll('127.0.0.1:8081', new URL(serviceUrl).host)
      .replaceAll('GATEWAY_TOKEN of the service', token);
    const [program, ...parameters] = prepare(directory, config, port);
    const child = spawn(program, parameters, {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], HOME: directory },
    });
    const gateway = new Gateway(child, directory, port);
    try {
      await gateway.accepts();
    } catch (error) {
      await gateway.stop();
      throw error;
    }
    return gateway;
  }

  /** Creates a client certificate with this subject, signed by the authority that the gateway trusts. */
  certificate(subject: string): Certificate {
    return createCertificate(this.directory, 'client', subject);
  }

  /** Resolves with the response once its headers have arrived. */
  send(path: string, options: GatewayRequest = {}, body?: string): Promise<IncomingMessage> {
    const sent = request({
      host: '127.0.0.1',
      port: this.port,
      servername: HOST,
      ca: readFileSync(join(this.directory, 'tenants-ca.crt')),
      agent: false,
      path,
      ...options,
      headers: { Host: HOST, ...options.headers },
    });
    return new Promise((resolve, reject) => {
      sent.once('response', resolve).once('error', reject).end(body);
    });
  }

  /** Connects a WebSocket to the URL of a session. */
  connect(url: string, certificate: Certificate): WebSocket {
    const options: ClientOptions & { readonly servername: string } = {
      servername: HOST,
      ca: readFileSync(join(this.directory, 'tenants-ca.crt')),
      headers: { Host: HOST },
      ...certificate,
    };
    return new WebSocket(url.replace(HOST, `127.0.0.1:${this.port}`), options);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.kill()) await once(this.child, 'exit');
    await rm(this.directory, { recursive: true, force: true });
  }

  private async accepts(): Promise<void> {
    await eventually(async () => {
      const socket = createConnection(this.port, '127.0.0.1');
      try {
        await once(socket, 'connect');
      } finally {
        socket.destroy();
      }
    });
  }
}

export interface GatewayRequest extends Partial<Certificate> {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
}

function prepareNginx(directory: string, config: string, port: number): readonly [string, ...string[]] {
  const server = config.replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join(' ');
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${directory}/pid; error_log ${directory}/error.log;\n` +
      `events {}\nhttp {\naccess_log off; ${paths}\n${server}\n}\n`,
  );
  return ['nginx', '-p', directory, '-c', file];
}

function prepareCaddy(directory: string, config: string, port: number): readonly [string, ...string[]] {
  const file = join(directory, 'Caddyfile');
  const options = `admin off\nhttps_port ${port}\ndefault_bind 127.0.0.1\nauto_https disable_redirects\nstorage file_system ${directory}\n`;
  writeFileSync(file, `{\n${options}}\n${config}`);
  return ['caddy', 'run', '--adapter', 'caddyfile', '--config', file];
}

function createAuthority(directory: string): void {
  openssl(
    directory,
    `req -x509 ${NEW_KEY} -days 1 -keyout tenants-ca.key -out tenants-ca.crt -subj`,
    '/CN=tenants',
  );
}

function createCertificate(directory: string, name: string, subject: string): Certificate {
  const request = `req ${NEW_KEY} -keyout ${name}.key -out ${name}.csr`;
  openssl(directory, `${request} -addext subjectAltName=DNS:${HOST} -subj`, subject);
  const authority = '-CA tenants-ca.crt -CAkey tenants-ca.key -CAcreateserial';
  openssl(directory, `x509 -req -days 1 ${authority} -copy_extensions copy -in ${name}.csr -out ${name}.crt`);
  return {
    key: readFileSync(join(directory, `${name}.key`)),
    cert: readFileSync(join(directory, `${name}.crt`)),
  };
}

/** Runs a command whose words contain no spaces; a subject, the last argument, can contain them. */
function openssl(directory: string, command: string, ...subject: readonly string[]): void {
  execFileSync('openssl', [...command.split(' '), ...subject], { cwd: directory, stdio: 'ignore' });
}
