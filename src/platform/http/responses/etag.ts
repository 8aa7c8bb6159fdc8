import type { Precondition } from '../../values/precondition';

/** Request headers as Node.js provides them. */
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The entity tag of a resource version. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** Whether the `If-None-Match` header of a read names this version, so that the response is 304. */
export function matchesNone(header: string | undefined, version: number): boolean {
  if (header === undefined) return false;
  return isAny(header) || versionsOf(tagsOf(header) ?? []).includes(version);
}

/**
 * Reads `If-Match` and `If-None-Match`. `If-Match` compares strongly, so a weak tag never matches. A malformed
 * precondition accepts no version: it must not be treated as absent.
 */
export function preconditionOf(headers: Headers): Precondition {
  const ifMatch = headerOf(headers, 'if-match');
  const ifNoneMatch = headerOf(headers, 'if-none-match');
  // `*` rules out every version; it is not a list of tags.
  const excluded = ifNoneMatch === undefined ? [] : tagsOf(ifNoneMatch);
  if (excluded === null) return { accepted: [], excluded: [] };
  if (ifMatch === undefined || isAny(ifMatch)) return { accepted: null, excluded: versionsOf(excluded) };
  const strong = (tagsOf(ifMatch) ?? []).filter((tag) => !tag.startsWith('W/'));
  return { accepted: versionsOf(strong), excluded: versionsOf(excluded) };
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function isAny(header: string): boolean {
  return header.trim() === '*';
}

/** The entity tags of a list; null if it is not a list of entity tags. */
function tagsOf(header: string): readonly string[] | null {
  const element = /[ \t,]*((?:W\/)?"[^"\s]*")[ \t]*(?:,[ \t,]*|$)/gy;
  const tags: string[] = [];
  for (let end = 0; end < header.length; end = element.lastIndex) {
    const tag = element.exec(header)?.[1];
    if (tag === undefined) return null;
    tags.push(tag);
  }
  return tags.length === 0 ? null : tags;
}

/** The versions encoded in this service's tags; tags of other services are dropped. */
function versionsOf(tags: readonly string[]): readonly number[] {
  return tags.flatMap((tag) => {
    const version = /^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1];
    return version === undefined ? [] : [Number(version)];
  });
}
