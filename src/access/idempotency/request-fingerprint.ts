import { createHash } from 'node:crypto';
import { isNestedTooDeeply, nestedTooDeeply } from '../../platform/http/validation/strict-validation.pipe';

/** The parts of a routed Express request that make up its fingerprint. */
export interface RoutedRequest {
  readonly method: string;
  readonly url: string;
  readonly route: unknown;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * Hash of a request, independent of a trailing slash, the case of the instance id, the order of query parameters and
 * JSON members, and whether a flag is `false` or absent. Headers are not included: a client that repeats a request may
 * have read a newer `ETag` meanwhile.
 * @throws {ValidationFailedError} if the body is nested too deeply.
 */
export function fingerprintOf({ method, route, params, query, body }: RoutedRequest): string {
  if (isNestedTooDeeply(body)) throw nestedTooDeeply('body');
  const { id, ...others } = params;
  return hash(
    canonicalJson([
      method,
      patternOf(route),
      // Other parameters are ids of other services, where case may matter.
      { ...others, ...(typeof id === 'string' && { id: id.toLowerCase() }) },
      Object.fromEntries(Object.entries(query).filter(([, value]) => value !== 'false')),
      // Equivalent on routes that take no body (see `NoBodyGuard`).
      isEmpty(body) ? null : body,
    ]),
  );
}

/** The fingerprint of earlier versions, for keys that they stored in the last 24 hours. */
export function formerFingerprintOf({ method, url, body }: RoutedRequest): string {
  return hash(JSON.stringify([method, url, body ?? null]));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function patternOf(route: unknown): string {
  if (typeof route === 'object' && route !== null && 'path' in route) return String(route.path);
  throw new Error('the request has not been routed yet');
}

function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === 'object' && Object.keys(body ?? {}).length === 0);
}

/** JSON with the members of each object sorted by name. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
