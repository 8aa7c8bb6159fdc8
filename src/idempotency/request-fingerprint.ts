import { createHash } from 'node:crypto';
import { isNestedTooDeeply, nestedTooDeeply } from '../common/validation/shape.pipe';

/** What a fingerprint is made of: a request of Express after routing. */
export interface RoutedRequest {
  readonly method: string;
  readonly url: string;
  readonly route: unknown;
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/**
 * Hash of what a request asks for. It does not depend on how the request is written: a trailing slash, the case
 * of the instance's id, the order of query parameters or JSON members, and a flag that is `false` or absent.
 * Headers are not part of it: a client that repeats a request may have read a newer `ETag` meanwhile.
 * @throws {ValidationFailedError} if the body is nested too deeply.
 */
export function fingerprintOf({ method, route, params, query, body }: RoutedRequest): string {
  if (isNestedTooDeeply(body)) throw nestedTooDeeply('body');
  const { id, ...others } = params;
  return hash(
    canonicalJson([
      method,
      patternOf(route),
      // Other parameters name resources of other services, where case may matter.
      { ...others, ...(typeof id === 'string' && { id: id.toLowerCase() }) },
      Object.fromEntries(Object.entries(query).filter(([, value]) => value !== 'false')),
      // Where a route takes no body, these are the same (see `NoBodyGuard`).
      isEmpty(body) ? null : body,
    ]),
  );
}

/** The fingerprint of versions before this one, for keys that they stored in the last 24 hours. */
export function formerFingerprintOf({ method, url, body }: RoutedRequest): string {
  return hash(JSON.stringify([method, url, body ?? null]));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function patternOf(route: unknown): string {
  if (typeof route === 'object' && route !== null && 'path' in route) return String(route.path);
  throw new Error('a request is fingerprinted before it is routed');
}

function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === 'object' && Object.keys(body ?? {}).length === 0);
}

/** JSON text with the members of each object in the order of their names. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
