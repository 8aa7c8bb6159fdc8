/** What a client would like of the answer (RFC 7240), of what this service knows. */
export interface Preferences {
  /** Seconds that the client is ready to wait for the outcome; null where it does not say. */
  readonly waitSeconds: number | null;
  /** Whether it only wants to know what would happen. */
  readonly dryRun: boolean;
}

/** Longer than any client or gateway leaves a request open. */
export const MAX_WAIT_SECONDS = 300;

/**
 * One preference: a token, perhaps with a value, perhaps with parameters, which nobody here reads. A quote that
 * is never closed goes to the end: looked for anew behind every token, its end would cost the square of the length.
 */
const PREFERENCE =
  /([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^",; \t]*)))?([^",]|"(?:[^"\\]|\\.)*(?:"|\\?$))*/g;

/**
 * Reads a `Prefer` header; several of them arrive joined by commas. A preference that is unknown or makes
 * no sense is ignored, and of one that is there twice the first counts, both as the RFC says.
 */
export function preferencesOf(header: string | string[] | undefined): Preferences {
  const given = new Map<string, string>();
  for (const [, token = '', quoted, plain] of String(header ?? '').matchAll(PREFERENCE)) {
    const name = token.toLowerCase();
    if (!given.has(name)) given.set(name, quoted ?? plain ?? '');
  }
  return { waitSeconds: toSeconds(given.get('wait')), dryRun: isWanted(given.get('dry-run')) };
}

function toSeconds(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,3}$/.test(value)) return null;
  return Number(value) <= MAX_WAIT_SECONDS ? Number(value) : null;
}

/** A value that nobody knows is not taken for no: somebody who wants to try a request must not find it done. */
function isWanted(value: string | undefined): boolean {
  return value !== undefined && !['false', '0', 'no'].includes(value.toLowerCase());
}
