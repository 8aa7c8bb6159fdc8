import type { Request } from 'express';
import { errors, type JWTVerifyOptions } from 'jose';
import type { Clock } from '../../../platform/async/clock';
import { AppError } from '../../../platform/errors/app.error';
import type { JwtAuthConfig, TenancyConfig } from '../tenancy.config';
import {
  addressGroupOf,
  Authentication,
  bearerOf,
  isTenant,
  type Identity,
  type TenantIdentity,
} from '../authentication';
import { actorOf, hasOperatorRole, readClaim, type Claims } from './claims';
import { KeySet } from './key-set';
import {
  OperatorRequiredError,
  TenantClaimInvalidError,
  TenantMismatchError,
  TokenInvalidError,
  TokenRequiredError,
} from '../tenancy.errors';

/** Asymmetric algorithms only: never `none`, and no HMAC, whose secret would be a public key. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** Maximum clock difference between issuer and service. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Tokens whose tenants are cached. */
const MAX_TOKENS = 10_000;
const SIGNATURE_CHARACTERS = 43;

/** Accepts bearer tokens that the issuer signed for this service; nothing else identifies a caller. */
export class JwtAuthentication extends Authentication {
  private readonly keys: KeySet;
  /** Tenants of valid tokens, by the last characters of the token's signature. */
  private readonly tenants = new Map<string, string>();
  private readonly rules: JWTVerifyOptions;

  constructor(
    private readonly config: JwtAuthConfig,
    private readonly tenancy: TenancyConfig,
    clock: Clock,
  ) {
    super();
    this.keys = new KeySet(config, clock);
    this.rules = {
      algorithms: ALGORITHMS,
      issuer: config.issuer,
      audience: config.audience,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    };
  }

  async tenant(request: Request): Promise<TenantIdentity> {
    const claims = await this.verify(request);
    const { tenantClaim } = this.config;
    const tenantId = readClaim(claims, tenantClaim);
    if (!isTenant(tenantId)) throw new TenantClaimInvalidError(tenantClaim);
    const header = request.headers[this.tenancy.header.toLowerCase()];
    if (header !== undefined && header !== '' && header !== tenantId) {
      throw new TenantMismatchError(this.tenancy.header);
    }
    this.remember(request, tenantId);
    return { tenantId, actor: actorOf(claims) ?? `tenant:${tenantId}`, isOperator: this.isOperator(claims) };
  }

  groupOf(request: Request): string {
    return this.tenants.get(signatureOf(request)) ?? addressGroupOf(request);
  }

  private remember(request: Request, tenantId: string): void {
    const [oldest] = this.tenants.keys();
    if (oldest !== undefined && this.tenants.size >= MAX_TOKENS) this.tenants.delete(oldest);
    this.tenants.set(signatureOf(request), tenantId);
  }

  async operator(request: Request): Promise<Identity> {
    const claims = await this.verify(request);
    if (!this.isOperator(claims)) throw new OperatorRequiredError();
    return { actor: actorOf(claims) ?? 'operator', isOperator: true };
  }

  private isOperator(claims: Claims): boolean {
    return hasOperatorRole(readClaim(claims, this.config.rolesClaim));
  }

  private async verify(request: Request): Promise<Claims> {
    const token = bearerOf(request);
    if (token === undefined) throw new TokenRequiredError();
    try {
      return await this.keys.verify(token, this.rules);
    } catch (error) {
      throw error instanceof AppError ? error : new TokenInvalidError(reasonOf(error), error);
    }
  }
}

/** The last characters of the signature, which cannot be known without the token. */
function signatureOf(request: Request): string {
  return bearerOf(request)?.slice(-SIGNATURE_CHARACTERS) ?? '';
}

/** Reason for the sender of the token; reveals nothing that is not in the token. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return `its claim ${error.claim} is not as required`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'it was not signed with a key of the issuer';
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return 'several keys of the issuer match, and its kid names none of them';
  return 'it is not well-formed, or not signed by the issuer';
}
