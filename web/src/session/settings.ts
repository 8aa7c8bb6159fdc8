/** How this deployment authenticates its callers, from `/console/settings.json`. */
export interface Settings {
  readonly authMode: 'gateway' | 'jwt';
  /** Name of the header that carries the tenant. */
  readonly tenantHeader: string;
  /** The tenant that a gateway has set; null without a gateway. */
  readonly tenant: string | null;
  /** Whether the user may choose the tenant: only without a gateway. */
  readonly choosesTenant: boolean;
  readonly acceptsToken: boolean;
  readonly oidc: OidcSettings | null;
  /** Page with the longer history of an instance's usage: `{tenantId}` and `{instanceId}` stand for the ids. */
  readonly usageUrl: string | null;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/**
 * From the page, as the service has sent it, or from the service in development.
 * @throws {Error} if the service does not answer as expected
 */
export async function readSettings(signal: AbortSignal): Promise<Settings> {
  const text = document.getElementById('settings')?.textContent.trim() ?? '';
  if (text.startsWith('{')) {
    const sent: unknown = JSON.parse(text);
    if (isSettings(sent)) return sent;
  }
  const response = await fetch('/console/settings.json', {
    signal: AbortSignal.any([signal, AbortSignal.timeout(15_000)]),
  });
  if (!response.ok) throw new Error(`GET /console/settings.json: ${response.status}`);
  const settings: unknown = await response.json();
  if (!isSettings(settings)) throw new Error('/console/settings.json has an unknown form');
  return settings;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && 'authMode' in value && 'oidc' in value;
}
