import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { freePort } from './postgres';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

export interface TokenOptions {
  /** Default: the newest published key. */
  readonly key?: SigningKey;
  /** Merged over the default claims; undefined removes one. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** Faults of the key set endpoint. */
export type IssuerFault = 'hang' | 'stall' | 'error500' | 'redirect' | 'garbage' | 'noKeys' | 'endless';

const AUDIENCE = 'compute';
let keys = 0;

/** By default a kind of key that is made quickly: an RSA key takes a tenth of a second. */
export async function newKey(alg = 'ES256', kid = `key-${++keys}`): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token issuer: a real HTTP server with a key set that can change, be slow, or be unavailable. */
export class Issuer {
  readonly name = 'https://issuer.example.com/';
  /** Number of requests for the key set. */
  requests = 0;
  fault: IssuerFault | undefined;
  private published: readonly SigningKey[] = [];
  private readonly server = createServer((_, response) => {
    this.requests++;
    this.answer(response);
  });
  private port = 0;

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    issuer.publish(await newKey());
    issuer.port = await freePort();
    await issuer.up();
    return issuer;
  }

  get environment(): Readonly<Record<string, string>> {
    return {
      AUTH_MODE: 'jwt',
      JWT_JWKS_URL: `http://127.0.0.1:${this.port}/keys`,
      JWT_ISSUER: this.name,
      JWT_AUDIENCE: AUDIENCE,
    };
  }

  get key(): SigningKey {
    const key = this.published.at(-1);
    if (!key) throw new Error('the issuer has no key');
    return key;
  }

  /** Replaces the key set. */
  publish(...published: readonly SigningKey[]): void {
    this.published = published;
  }

  /** A valid token, except for the given options. */
  async token(tenantId: string, { key = this.key, claims, header }: TokenOptions = {}): Promise<string> {
    const { alg, kid } = key;
    return new SignJWT(this.claimsOf(tenantId, claims))
      .setProtectedHeader({ alg, kid, ...header })
      .sign(key.privateKey);
  }

  claimsOf(tenantId: string, claims: TokenOptions['claims'] = {}): Record<string, unknown> {
    const now = Math.floor(Date.now() / 1000);
    const all: Record<string, unknown> = {
      iss: this.name,
      aud: AUDIENCE,
      sub: 'somebody',
      iat: now,
      exp: now + 300,
      tenant_id: tenantId,
      ...claims,
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  /** Serves a new key without faults, as if just started, on the same port. */
  async reset(): Promise<void> {
    if (!this.server.listening) await this.up();
    this.fault = undefined;
    this.publish(await newKey());
    this.requests = 0;
  }

  async up(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private answer(response: ServerResponse): void {
    const document = JSON.stringify({ keys: this.published.map(({ jwk }) => jwk) });
    switch (this.fault) {
      case undefined:
        response.setHeader('Content-Type', 'application/json').end(document);
        break;
      case 'hang':
        break;
      case 'stall':
        response.write(document.slice(0, 10));
        break;
      case 'error500':
        response.writeHead(500).end();
        break;
      case 'redirect':
        response.writeHead(302, { Location: '/elsewhere' }).end();
        break;
      case 'garbage':
        response.end('<html>');
        break;
      case 'noKeys':
        response.end('{"error":"none"}');
        break;
      case 'endless':
        response.end(`{"padding":"${'x'.repeat(2_000_000)}",${document.slice(1)}`);
    }
  }
}
