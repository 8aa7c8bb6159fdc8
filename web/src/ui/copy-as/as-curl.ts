import { escapeHidden } from './hidden';
import type { ApiRequest, Target } from './request';
import { quoteShell, shellCommand } from './shell';

/** The request as a command of curl. */
export function asCurl({ method, path, body }: ApiRequest, target: Target): string {
  const { origin, tenantId, tenantHeader, needsToken } = target;
  const url = `${origin}${path}`;
  // Else, curl expands brackets and braces.
  const glob = /[[\]{}]/.test(url) ? '--globoff ' : '';
  return shellCommand([
    `curl ${glob}-X ${quoteShell(method)} ${quoteShell(url)}`,
    `-H ${quoteShell(`${tenantHeader}: ${tenantId}`)}`,
    ...(needsToken ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body
      ? [`-H ${quoteShell('Content-Type: application/json')}`, `--data-raw ${quoteShell(jsonOf(body))}`]
      : []),
  ]);
}

/** JSON in which no character is invisible or changes the order of others. */
function jsonOf(body: object): string {
  return escapeHidden(JSON.stringify(body, null, 2));
}
