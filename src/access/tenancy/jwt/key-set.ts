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
import type { Clock } from '../../../platform/async/clock';
import type { JwtAuthConfig } from '../tenancy.config';
import { JwksUnavailableError } from '../tenancy.errors';

/** Anyone can send a token with an unknown key, so unknown keys trigger a fetch at most this often. */
const UNKNOWN_KEY_PAUSE_MS = 10_000;
/** After a failed fetch, requests fail for this long without contacting the issuer. */
const FAILURE_PAUSE_MS = 1000;
const MAX_BYTES = 1_048_576;
/** Maximum number of keys tried for one token if its `kid` does not select one. */
const MAX_CANDIDATES = 16;

/**
 * The issuer's keys: fetched on first use, after they expire, and for a token with an unknown key, so that an issuer
 * can rotate its keys at any time.
 */
export class KeySet {
  private readonly remote;
  private askedForUnknownAt = -Infinity;
  private failedAt = -Infinity;
  private failure: unknown;

  constructor(
    { jwksUrl, jwksCacheMs, jwksTimeoutMs }: JwtAuthConfig,
    private readonly clock: Clock,
  ) {
    this.remote = createRemoteJWKSet(new URL(jwksUrl), {
      cacheMaxAge: jwksCacheMs,
      timeoutDuration: jwksTimeoutMs,
      // Fetches for unknown keys are limited here: with jose's cooldown, any fetch would block new keys for that long.
      cooldownDuration: Infinity,
      [customFetch]: (url, options) => this.fetch(url, options),
    });
  }

  /**
   * Verifies a token and returns its claims. An unknown key may be new, so the keys are fetched again.
   * @throws {JwksUnavailableError} if the keys cannot be fetched.
   * @throws {errors.JOSEError} if the token is invalid or not signed by a key of the issuer.
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
      // Without a `kid`, a mismatch with the only known key means that the token was signed with an unknown one.
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

  /** Requests during a fetch wait for it, too: their token may use the same new key. */
  private mayAskForUnknown(): boolean {
    if (this.remote.reloading) return true;
    if (this.clock.now() - this.askedForUnknownAt < UNKNOWN_KEY_PAUSE_MS) return false;
    this.askedForUnknownAt = this.clock.now();
    return true;
  }

  private async fetch(url: string, options: RequestInit): Promise<Response> {
    if (this.clock.now() - this.failedAt < FAILURE_PAUSE_MS) throw this.failure;
    try {
      const response = await fetch(url, options);
      if (response.status !== 200) {
        await response.body?.cancel();
        throw new Error(`the issuer returned status ${response.status}`);
      }
      return new Response(await readBounded(response));
    } catch (error) {
      this.failedAt = this.clock.now();
      this.failure = error;
      throw error;
    }
  }
}

/**
 * Tries the keys that match by type, algorithm and use; skips unusable keys.
 * @throws {errors.JWKSMultipleMatchingKeys} if there are more than `MAX_CANDIDATES`.
 * @throws {errors.JWKSNoMatchingKey} if no candidate signed the token.
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
      // Any other jose error concerns the token itself, whose signature this key has verified.
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

/** Keeps errors caused by the token; any other error means that the keys are unavailable. */
function toUnavailable(error: unknown): unknown {
  const isOfToken =
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported;
  return isOfToken ? error : new JwksUnavailableError(error);
}
