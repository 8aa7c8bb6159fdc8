import { applyDecorators } from '@nestjs/common';
import { ApiSecurity, type DocumentBuilder } from '@nestjs/swagger';
import { ApiProblems } from '../../platform/http/requests/api-problems.decorator';
import { RATE_LIMIT_ERRORS } from '../rate-limits';
import type { AuthConfig } from './tenancy.config';
import { TENANCY_ERRORS } from './tenancy.errors';

/** Names of the OpenAPI security schemes, which Swagger UI uses to ask for the tenant and credentials. */
export const TENANT_SCHEME = 'tenant';
const GATEWAY_SCHEME = 'gateway';
export const OPERATOR_SCHEME = 'operator';
const JWT_SCHEME = 'jwt';

const REFUSED = [
  TENANCY_ERRORS.gateway_token_required,
  TENANCY_ERRORS.token_required,
  TENANCY_ERRORS.token_invalid,
  TENANCY_ERRORS.jwks_unavailable,
];

/**
 * Documents that a route acts for a tenant: how the tenant is named and which errors reject unauthorized callers. The
 * alternatives match the deployments: a trusted header, a header with the gateway's token, a bearer token.
 */
export const ApiTenant = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiSecurity(TENANT_SCHEME),
    ApiSecurity({ [TENANT_SCHEME]: [], [GATEWAY_SCHEME]: [] }),
    // Some routes show more to operators.
    ApiSecurity({ [TENANT_SCHEME]: [], [OPERATOR_SCHEME]: [] }),
    ApiSecurity(JWT_SCHEME),
    ApiProblems(
      TENANCY_ERRORS.invalid_tenant,
      TENANCY_ERRORS.tenant_required,
      TENANCY_ERRORS.tenant_claim_invalid,
      TENANCY_ERRORS.tenant_mismatch,
      RATE_LIMIT_ERRORS.rate_limited,
      ...REFUSED,
    ),
  );

/** Documents that a route is for operators; applied by `@Operator()`. */
export const ApiOperator = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiSecurity(OPERATOR_SCHEME),
    ApiSecurity({ [OPERATOR_SCHEME]: [], [GATEWAY_SCHEME]: [] }),
    ApiSecurity(JWT_SCHEME),
    ApiProblems(TENANCY_ERRORS.operator_required, ...REFUSED),
  );

/** The schemes by which this deployment accepts callers. */
export function schemesInUse(auth: AuthConfig): readonly string[] {
  if (auth.mode === 'jwt') return [JWT_SCHEME];
  return [
    TENANT_SCHEME,
    ...(auth.gatewayToken ? [GATEWAY_SCHEME] : []),
    ...(auth.operatorToken ? [OPERATOR_SCHEME] : []),
  ];
}

/** Adds the schemes to the OpenAPI document. */
export function describeSecurity(builder: DocumentBuilder, tenantHeader: string): DocumentBuilder {
  return builder
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: tenantHeader,
        description: 'The tenant; `default` if absent, unless `TENANT_REQUIRED` is set',
      },
      TENANT_SCHEME,
    )
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'X-Gateway-Token',
        description: 'Proves that the request comes from the gateway; required if `GATEWAY_TOKEN` is set',
      },
      GATEWAY_SCHEME,
    )
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: '`OPERATOR_TOKEN`, with `AUTH_MODE=gateway`' },
      OPERATOR_SCHEME,
    )
    .addBearerAuth(
      {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description:
          'A token of the issuer, with `AUTH_MODE=jwt`. A claim names the tenant, and the role ' +
          '`compute:operator` grants operator access',
      },
      JWT_SCHEME,
    );
}
