import {
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type CryptoKey,
  type FlattenedJWSInput,
  type JWTHeaderParameters,
  type JWTPayload,
  type JWTVerifyOptions,
} from 'jose';
import type { JwtAuthConfig } from '../config';
import { JwksUnavailableError } from './tenancy.errors';

/** Anybody can name a key that does not exist: only this often is the issuer asked for one. */
const UNKNOWN_KEY_PAUSE_MS = 10_000;
/** An issuer that just failed is not asked again for every request that comes. */
const FAILURE_PAUSE_MS = 1000;
const MAX_BYTES = 1_048_576;
/** How many keys are tried for one token, if its `kid` does not tell them apart. */
const MAX_CANDIDATES = 16;

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
   * The claims of a token that a key of the issuer has signed. A key that is not known yet may be new, so the
   * keys are fetched again.
   * @throws {JwksUnavailableError} if the keys cannot be fetched.
   * @throws {errors.JOSEError} if the token is not valid, or signed by no key of the issuer.
   */
  async verify(token: string, rules: JWTVerifyOptions): Promise<JWTPayload> {
    try {
      return await this.verifyWithKnown(token, rules);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.mayAskForUnknown()) throw error;
    }
    try {
      await this.remote.reload();
    } catch (error) {
      throw new JwksUnavailableError(error);
    }
    return this.verifyWithKnown(token, rules);
  }

  private async verifyWithKnown(token: string, rules: JWTVerifyOptions): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, (header, jws) => this.find(header, jws), rules);
      return payload;
    } catch (error) {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithEach(token, error, rules);
      const isSignedByAnother = error instanceof errors.JWSSignatureVerificationFailed;
      // Without a `kid`, that the only known key did not sign it means that another key did.
      if (isSignedByAnother && decodeProtectedHeader(token).kid === undefined)
        throw new errors.JWKSNoMatchingKey(undefined, { cause: error });
      throw error;
    }
  }

  private async find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    try {
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
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`the issuer answered ${response.status}`);
      }
      return new Response(await readBounded(response));
    } catch (error) {
      this.failedAt = performance.now();
      this.failure = error;
      throw error;
    }
  }
}

/**
 * Tries the keys that fit by type, algorithm and use. Keys that cannot be used are passed over.
 * @throws {errors.JWKSMultipleMatchingKeys} if there are more than `MAX_CANDIDATES`.
 * @throws {errors.JWKSNoMatchingKey} if none of them signed the token.
 */
async function verifyWithEach(
  token: string,
  candidates: errors.JWKSMultipleMatchingKeys,
  rules: JWTVerifyOptions,
): Promise<JWTPayload> {
  let tried = 0;
  for await (const key of candidates) {
    if (++tried > MAX_CANDIDATES) throw candidates;
    try {
      return (await jwtVerify(token, key, rules)).payload;
    } catch (error) {
      // Any other error of jose is about the token, whose signature this key has verified.
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWSSignatureVerificationFailed))
        throw error;
    }
  }
  throw new errors.JWKSNoMatchingKey();
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
