import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type CryptoKey,
  type FlattenedJWSInput,
  type JWTHeaderParameters,
} from 'jose';
import type { JwtAuthConfig } from '../config';
import { JwksUnavailableError } from './tenancy.errors';

/** Anybody can name a key that does not exist: only this often is the issuer asked for one. */
const UNKNOWN_KEY_PAUSE_MS = 10_000;
/** An issuer that just failed is not asked again for every request that comes. */
const FAILURE_PAUSE_MS = 1000;
const MAX_BYTES = 1_048_576;

/**
 * The keys of the issuer: fetched when they are first needed and when they are old, and once more for a
 * token of a key that is not among them, so that an issuer can change its keys at any time.
 */
export class KeySet {
  private readonly remote;
  private askedForUnknownAt = -Infinity;
  private failedAt = -Infinity;
  private failure: unknown;

  constructor({ jwksUrl, jwksCacheMs, jwksTimeoutMs }: JwtAuthConfig) {
    this.remote = createRemoteJWKSet(new URL(jwksUrl), {
      cacheMaxAge: jwksCacheMs,
      timeoutDuration: jwksTimeoutMs,
      // When to ask for an unknown key is decided here: jose would refuse a new key for as long after any fetch.
      cooldownDuration: Infinity,
      [customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  /**
   * The key of a token.
   * @throws {JwksUnavailableError} where the keys cannot be had.
   * @throws {errors.JOSEError} where there is no such key.
   */
  async find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    try {
      return await this.remote(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw toUnavailable(error);
      if (!this.mayAskForUnknown()) throw error;
    }
    try {
      await this.remote.reload();
      return await this.remote(header, token);
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  /** Who comes while the keys are being fetched waits for them too: it may be the new one's second token. */
  private mayAskForUnknown(): boolean {
    if (this.remote.reloading) return true;
    if (performance.now() - this.askedForUnknownAt < UNKNOWN_KEY_PAUSE_MS) return false;
    this.askedForUnknownAt = performance.now();
    return true;
  }

  private async fetch(url: string, options: RequestInit): Promise<Response> {
    if (performance.now() - this.failedAt < FAILURE_PAUSE_MS) throw this.failure;
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) throw new Error(`the issuer answered ${response.status}`);
      return new Response(await readBounded(response));
    } catch (error) {
      this.failedAt = performance.now();
      this.failure = error;
      throw error;
    }
  }
}

async function readBounded(response: Response): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array<ArrayBuffer>> | readonly never[] = response.body ?? [];
  for await (const chunk of body) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new Error(`the issuer sent more than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  return new Blob(chunks);
}

/** What is the token's fault stays what it is; everything else means that there are no keys to judge it by. */
function toUnavailable(error: unknown): unknown {
  const isOfToken =
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported;
  return isOfToken ? error : new JwksUnavailableError(error);
}
