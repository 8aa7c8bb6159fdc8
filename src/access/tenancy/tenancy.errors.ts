import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const TENANCY_ERRORS = defineErrors({
  invalid_tenant: {
    status: 400,
    example: 'X-Tenant-ID must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -',
    retryable: false,
    meaning: 'The tenant header contains an invalid character, has an invalid length, or was sent twice.',
    remedy: 'Send one valid tenant, or omit the header to act as the tenant `default`.',
  },
  gateway_token_required: {
    status: 401,
    example: 'X-Gateway-Token is missing or wrong',
    retryable: false,
    meaning: 'The service accepts requests from its gateway only.',
    remedy:
      'Call it through the gateway. The gateway must send the value of `GATEWAY_TOKEN` in `X-Gateway-Token`.',
  },
  tenant_required: {
    status: 401,
    example: 'X-Tenant-ID must name the tenant',
    retryable: false,
    meaning: 'The request names no tenant, and this deployment has no default tenant (`TENANT_REQUIRED`).',
    remedy: 'Name the tenant in the header.',
  },
  token_required: {
    status: 401,
    example: 'Send a bearer token as Authorization: Bearer …',
    retryable: false,
    meaning: 'The request has no bearer token.',
    remedy: 'Get a token from the issuer and send it.',
  },
  token_invalid: {
    status: 401,
    example: 'The bearer token was rejected: it has expired',
    retryable: false,
    meaning:
      'The signature, issuer, audience or validity period of the token is wrong; `detail` names which.',
    remedy: 'Get a new token from the issuer.',
  },
  tenant_claim_invalid: {
    status: 403,
    example: 'The claim tenant_id of the bearer token contains no valid tenant',
    retryable: false,
    meaning: 'The token is valid, but its tenant claim is missing or invalid.',
    remedy: 'Configure the issuer to include the tenant claim.',
  },
  tenant_mismatch: {
    status: 403,
    example: 'X-Tenant-ID differs from the tenant in the bearer token',
    retryable: false,
    meaning: 'The tenant header differs from the tenant in the token.',
    remedy: 'Omit the header, or send a token of that tenant.',
  },
  operator_required: {
    status: 403,
    example: 'Operator access is required',
    retryable: false,
    meaning: 'Only operators can use this route or parameter; tenants can read their own quota, and flavors.',
    remedy:
      'Ask an operator. To make a caller an operator, set `OPERATOR_TOKEN`, or grant the role `compute:operator`.',
  },
  jwks_unavailable: {
    status: 503,
    example: 'The keys for verifying bearer tokens cannot be fetched; try again',
    retryable: true,
    meaning: "The issuer's keys could not be fetched, so the bearer token could not be verified.",
    remedy: 'Repeat after `Retry-After`. Operators: check `JWT_JWKS_URL` and the issuer.',
  },
});

/** RFC 9110 requires a challenge with every 401; the gateway's headers have no registered scheme. */
const OF_GATEWAY = 'Gateway realm="compute"';
const OF_BEARER = 'Bearer realm="compute"';

export class InvalidTenantError extends AppError {
  constructor(header: string) {
    const message = `${header} must be 1 to 128 of the characters A-Z a-z 0-9 . _ : -`;
    super(TENANCY_ERRORS.invalid_tenant, { message });
  }
}

export class GatewayTokenRequiredError extends AppError {
  constructor() {
    super(TENANCY_ERRORS.gateway_token_required, { challenge: OF_GATEWAY });
  }
}

export class TenantRequiredError extends AppError {
  constructor(header: string) {
    const message = `${header} must name the tenant`;
    super(TENANCY_ERRORS.tenant_required, { message, challenge: OF_GATEWAY });
  }
}

export class TokenRequiredError extends AppError {
  constructor() {
    super(TENANCY_ERRORS.token_required, { challenge: OF_BEARER });
  }
}

export class TokenInvalidError extends AppError {
  constructor(reason: string, cause?: unknown) {
    super(TENANCY_ERRORS.token_invalid, {
      message: `The bearer token was rejected: ${reason}`,
      challenge: `${OF_BEARER}, error="invalid_token"`,
      cause,
    });
  }
}

export class TenantClaimInvalidError extends AppError {
  constructor(claim: string) {
    const message = `The claim ${claim} of the bearer token contains no valid tenant`;
    super(TENANCY_ERRORS.tenant_claim_invalid, { message });
  }
}

export class TenantMismatchError extends AppError {
  constructor(header: string) {
    const message = `${header} differs from the tenant in the bearer token`;
    super(TENANCY_ERRORS.tenant_mismatch, { message });
  }
}

export class OperatorRequiredError extends AppError {
  constructor() {
    super(TENANCY_ERRORS.operator_required);
  }
}

/** Tokens cannot be verified, so every caller is rejected. */
export class JwksUnavailableError extends AppError {
  constructor(cause: unknown) {
    super(TENANCY_ERRORS.jwks_unavailable, { retryAfterSeconds: 5, cause });
  }
}
