import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Request, RequestHandler } from 'express';
import helmet from 'helmet';
import type { ConsoleSettings } from './console-settings';
import type { OidcClient } from './web.config';

const NONCE = '__CSP_NONCE__';
/** In an element that browsers do not run: the page begins with the settings instead of requesting them. */
const SETTINGS = '__SETTINGS__';
const NONCE_BYTES = 16;

/**
 * Serves the page of the web console for every path, because the page itself decides what a path shows.
 * @param file the template; each response has another nonce for the styles that scripts add
 */
export function consolePage(file: string, settingsOf: (request: Request) => ConsoleSettings): RequestHandler {
  const parts = readFileSync(file, 'utf8').split(NONCE);
  // HSTS is left to the gateway, which terminates TLS.
  const headers = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
  });
  return (request, response) => {
    headers(request, response, () => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      const settings = settingsOf(request);
      const body = Buffer.from(parts.join(nonce).replace(SETTINGS, () => textOf(settings)));
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Length': body.length,
        'Content-Security-Policy': policyOf(nonce, settings.oidc),
        // A stored page would repeat its nonce, and name files of an earlier version.
        'Cache-Control': 'no-store',
      });
      response.end(body);
    });
  };
}

/** A tenant cannot end the element: `<` is escaped. */
function textOf(settings: ConsoleSettings): string {
  return JSON.stringify(settings).replaceAll('<', '\\u003c');
}

/** Sessions are WebSockets to the same host, which browsers count as `'self'`. */
function policyOf(nonce: string, oidc: OidcClient | null): string {
  const issuer = oidc === null ? '' : ` ${new URL(oidc.issuer).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${issuer}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
