import * as oauth from 'oauth4webapi';
import type { OidcSettings } from './settings';

/** Path that the provider returns to; register it there as the redirect URI. */
const CALLBACK_PATH = '/console/signed-in';
/** State of a sign-in that is under way at the provider, in the storage of this tab. It contains no token. */
const PENDING_KEY = 'sign-in';
const TIMEOUT_MS = 15_000;

interface PendingSignIn {
  readonly state: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** The operator has configured the issuer; one for development may use plain HTTP. */
const optionsFor = ({
  issuer,
}: OidcSettings): oauth.HttpRequestOptions<'GET'> & oauth.TokenEndpointRequestOptions => ({
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- It is marked only to stand out.
  [oauth.allowInsecureRequests]: new URL(issuer).protocol === 'http:',
  signal: () => AbortSignal.timeout(TIMEOUT_MS),
});

/** Sends the browser to the provider: authorization code flow with PKCE. */
export async function beginSignIn(settings: OidcSettings): Promise<void> {
  const server = await discover(settings);
  if (server.authorization_endpoint === undefined)
    throw new Error(`${settings.issuer} has no authorization endpoint`);
  const pending: PendingSignIn = {
    state: oauth.generateRandomState(),
    verifier: oauth.generateRandomCodeVerifier(),
    returnTo: `${window.location.pathname}${window.location.search}`,
  };
  sessionStorage.setItem(PENDING_KEY, JSON.stringify(pending));
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: settings.clientId,
    redirect_uri: `${window.location.origin}${CALLBACK_PATH}`,
    response_type: 'code',
    scope: settings.scope,
    state: pending.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
  }).toString();
  window.location.assign(url);
}

/** Whether the provider has sent the browser back. */
export function isReturning(): boolean {
  return window.location.pathname === CALLBACK_PATH && sessionStorage.getItem(PENDING_KEY) !== null;
}

/**
 * Exchanges the code in the URL for an access token, and shows the page from which the sign-in began.
 * @throws {Error} if the provider refused
 */
export async function finishSignIn(settings: OidcSettings): Promise<string> {
  const { state, verifier, returnTo } = takePending();
  const server = await discover(settings);
  const client: oauth.Client = { client_id: settings.clientId };
  const callback = new URL(window.location.href);
  const parameters = oauth.validateAuthResponse(server, client, callback, state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    parameters,
    `${window.location.origin}${CALLBACK_PATH}`,
    verifier,
    optionsFor(settings),
  );
  const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, response);
  window.history.replaceState(null, '', returnTo === CALLBACK_PATH ? '/console' : returnTo);
  return access_token;
}

async function discover(settings: OidcSettings): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(settings.issuer);
  const response = await oauth.discoveryRequest(issuer, optionsFor(settings));
  return oauth.processDiscoveryResponse(issuer, response);
}

function takePending(): PendingSignIn {
  const text = sessionStorage.getItem(PENDING_KEY) ?? '';
  sessionStorage.removeItem(PENDING_KEY);
  const pending: unknown = JSON.parse(text);
  if (!isPending(pending)) throw new Error('the sign-in was not begun in this tab');
  return pending;
}

function isPending(value: unknown): value is PendingSignIn {
  return typeof value === 'object' && value !== null && 'state' in value && 'verifier' in value;
}
