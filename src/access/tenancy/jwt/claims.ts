/** Claims of a verified token, by name. */
export type Claims = Readonly<Record<string, unknown>>;

const OPERATOR_ROLE = 'compute:operator';
const MAX_ACTOR = 128;

/**
 * A claim by its name or else by a dotted path of names. Names may contain dots themselves:
 * `https://example.com/tenant`.
 */
export function readClaim(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return new Map(Object.entries(value)).get(name);
  }, claims);
}

/** Roles are an array of words or, like scopes, a string of words separated by spaces. */
export function hasOperatorRole(roles: unknown): boolean {
  const names: unknown = typeof roles === 'string' ? roles.split(' ') : roles;
  return Array.isArray(names) && names.includes(OPERATOR_ROLE);
}

/**
 * The subject as stored in audit records: visible ASCII, limited in length. The prefix distinguishes users from tenants
 * (`tenant:acme`) and from the service itself (`system:reconciler`).
 */
export function actorOf({ sub }: Claims): string | undefined {
  if (typeof sub !== 'string' || sub === '') return undefined;
  return `user:${sub}`.slice(0, MAX_ACTOR).replaceAll(/[^\x21-\x7e]/g, '?');
}
