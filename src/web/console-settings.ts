import type { IncomingMessage } from 'node:http';
import { isTenant } from '../access/tenancy';
import type { TenancyConfig } from '../access/tenancy/tenancy.config';
import type { OidcClient, WebConfig } from './web.config';

/** What the web console has to know before its first call of the API; public, so it has no secrets. */
export interface ConsoleSettings {
  readonly authMode: 'gateway' | 'jwt';
  readonly tenantHeader: string;
  /** The tenant that a gateway named in this request. */
  readonly tenant: string | null;
  /** Whether users choose the tenant that they act as, because nothing else determines it. */
  readonly choosesTenant: boolean;
  /** Whether users can enter a bearer token. */
  readonly acceptsToken: boolean;
  readonly oidc: OidcClient | null;
  /** With `{tenantId}` and `{instanceId}`. */
  readonly usageUrl: string | null;
}

export function consoleSettings(
  { auth, header }: TenancyConfig,
  { oidc, usageUrl }: WebConfig,
  { headers }: IncomingMessage,
): ConsoleSettings {
  const common = { authMode: auth.mode, tenantHeader: header, oidc, usageUrl };
  if (auth.mode === 'jwt') return { ...common, tenant: null, choosesTenant: false, acceptsToken: true };
  const named = headers[header.toLowerCase()];
  const tenant = isTenant(named) ? named : null;
  return {
    ...common,
    tenant,
    choosesTenant: auth.gatewayToken === undefined && tenant === null,
    acceptsToken: auth.operatorToken !== undefined,
  };
}
