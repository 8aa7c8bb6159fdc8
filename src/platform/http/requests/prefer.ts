import { InvalidHeaderError } from '../http.errors';

/** The preferences of a `Prefer` header (RFC 7240) that this service supports. */
export interface Preferences {
  /** Seconds that the client is willing to wait for the outcome; null if not given. */
  readonly waitSeconds: number | null;
  /** Whether to only report what would happen. */
  readonly dryRun: boolean;
}

/** Longer than any client or gateway keeps a request open. */
export const MAX_WAIT_SECONDS = 300;

/** One preference: a token with an optional value; parameters are ignored. */
const PREFERENCE =
  /([!#$%&'*+.^_`|~\w-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^",; \t]*)))?([^",]|"(?:[^"\\]|\\.)*")*/g;

/** ASCII with balanced quotes. Otherwise a `dry-run` in the header could be overlooked. */
const READABLE = /^(?:[\t\x20\x21\x23-\x7e]|"(?:[^"\\]|\\.)*")*$/;

const NO_PREFERENCES: Preferences = { waitSeconds: null, dryRun: false };

/**
 * Reads a `Prefer` header; repeated headers arrive joined by commas. As RFC 7240 requires, unknown preferences and
 * values are ignored, and the first of a repeated preference counts.
 * @throws {InvalidHeaderError} if the header is malformed or misspells `dry-run`.
 */
export function preferencesOf(header: string | string[] | undefined): Preferences {
  if (header === undefined) return NO_PREFERENCES;
  const text = String(header);
  if (!READABLE.test(text))
    throw new InvalidHeaderError('Prefer has an unclosed quote or a non-ASCII character');
  const given = new Map<string, string>();
  for (const [, token = '', quoted, plain] of text.matchAll(PREFERENCE)) {
    const name = token.toLowerCase();
    if (isMisspelledDryRun(name)) throw new InvalidHeaderError('Prefer must spell dry-run as "dry-run"');
    if (!given.has(name)) given.set(name, quoted ?? plain ?? '');
  }
  return { waitSeconds: toSeconds(given.get('wait')), dryRun: isWanted(given.get('dry-run')) };
}

function isMisspelledDryRun(name: string): boolean {
  return name !== 'dry-run' && /^dry[-_]?run/.test(name);
}

function toSeconds(value: string | undefined): number | null {
  if (value === undefined || !/^\d{1,3}$/.test(value)) return null;
  return Number(value) <= MAX_WAIT_SECONDS ? Number(value) : null;
}

/** An unknown value counts as yes: a request meant as a dry run must not be executed. */
function isWanted(value: string | undefined): boolean {
  return value !== undefined && !['false', '0', 'no'].includes(value.toLowerCase());
}
