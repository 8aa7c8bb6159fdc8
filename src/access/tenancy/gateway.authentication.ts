import type { Request } from 'express';
import { DEFAULT_TENANT } from '../../platform/values/tenant';
import type { GatewayAuthConfig, TenancyConfig } from './tenancy.config';
import {
  addressGroupOf,
  Authentication,
  bearerOf,
  isTenant,
  type Identity,
  type TenantIdentity,
} from './authentication';
import {
  GatewayTokenRequiredError,
  InvalidTenantError,
  OperatorRequiredError,
  TenantRequiredError,
  TokenInvalidError,
  TokenRequiredError,
} from './tenancy.errors';

const OPERATOR: Identity = { actor: 'operator', isOperator: true };

/** Trusts the tenant named by the gateway, after checking the gateway token if one is configured. */
export class GatewayAuthentication extends Authentication {
  private readonly header: string;

  constructor(
    private readonly config: GatewayAuthConfig,
    private readonly tenancy: TenancyConfig,
  ) {
    super();
    this.header = tenancy.header.toLowerCase();
  }

  tenant(request: Request): TenantIdentity {
    this.checkGateway(request);
    const tenantId = this.read(request);
    // Other bearer tokens are ignored: the gateway passes on those of its clients.
    if (this.isOperator(request)) return { tenantId, ...OPERATOR };
    return { tenantId, actor: `tenant:${tenantId}`, isOperator: false };
  }

  operator(request: Request): Identity {
    this.checkGateway(request);
    if (!this.config.operatorToken) throw new OperatorRequiredError();
    if (bearerOf(request) === undefined) throw new TokenRequiredError();
    if (!this.isOperator(request)) throw new TokenInvalidError("it is not the operators' token");
    return OPERATOR;
  }

  groupOf(request: Request): string {
    const tenantId = request.headers[this.header];
    return isTenant(tenantId) && this.isFromGateway(request) ? tenantId : addressGroupOf(request);
  }

  private checkGateway(request: Request): void {
    if (!this.isFromGateway(request)) throw new GatewayTokenRequiredError();
  }

  private isFromGateway({ headers }: Request): boolean {
    const { gatewayToken } = this.config;
    if (!gatewayToken) return true;
    const given = headers['x-gateway-token'];
    return typeof given === 'string' && gatewayToken.equals(given);
  }

  private isOperator(request: Request): boolean {
    const { operatorToken } = this.config;
    if (!operatorToken) return false;
    const bearer = bearerOf(request);
    return bearer !== undefined && operatorToken.equals(bearer);
  }

  /** Repeated headers arrive joined by ", ", which valid tenants never contain, so they are rejected. */
  private read(request: Request): string {
    const { header, isRequired } = this.tenancy;
    const value = request.headers[this.header];
    if (value === undefined || value === '') {
      if (isRequired) throw new TenantRequiredError(header);
      return DEFAULT_TENANT;
    }
    if (!isTenant(value)) throw new InvalidTenantError(header);
    return value;
  }
}
