import { AppError } from '../../platform/errors/app.error';

/** RFC 9110 requires a challenge with every 401; the gateway's headers have no registered scheme. */
const OF_GATEWAY = 'Gateway realm="compute"';
const OF_BEARER = 'Bearer realm="compute"';

export class InvalidTenantError extends AppError {
  constructor(header: string) {
    super('invalid', 'invalid_tenant', `${header} must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -`);
  }
}

export class GatewayTokenRequiredError extends AppError {
  constructor() {
    super('unauthenticated', 'gateway_token_required', 'X-Gateway-Token is missing or wrong', {
      challenge: OF_GATEWAY,
    });
  }
}

export class TenantRequiredError extends AppError {
  constructor(header: string) {
    super('unauthenticated', 'tenant_required', `${header} must name the tenant`, { challenge: OF_GATEWAY });
  }
}

export class TokenRequiredError extends AppError {
  constructor() {
    super('unauthenticated', 'token_required', 'Send a bearer token as Authorization: Bearer …', {
      challenge: OF_BEARER,
    });
  }
}

export class TokenInvalidError extends AppError {
  constructor(reason: string, cause?: unknown) {
    super('unauthenticated', 'token_invalid', `The bearer token was rejected: ${reason}`, {
      challenge: `${OF_BEARER}, error="invalid_token"`,
      cause,
    });
  }
}

export class TenantClaimInvalidError extends AppError {
  constructor(claim: string) {
    super(
      'forbidden',
      'tenant_claim_invalid',
      `The claim ${claim} of the bearer token contains no valid tenant`,
    );
  }
}

export class TenantMismatchError extends AppError {
  constructor(header: string) {
    super('forbidden', 'tenant_mismatch', `${header} differs from the tenant in the bearer token`);
  }
}

export class OperatorRequiredError extends AppError {
  constructor() {
    super('forbidden', 'operator_required', 'Operator access is required');
  }
}

/** Tokens cannot be verified, so every caller is rejected. */
export class JwksUnavailableError extends AppError {
  constructor(cause: unknown) {
    super(
      'unavailable',
      'jwks_unavailable',
      'The keys for verifying bearer tokens cannot be fetched; try again',
      { retryAfterSeconds: 5, cause },
    );
  }
}
