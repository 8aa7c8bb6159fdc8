import { createHash } from 'node:crypto';

const FIRST_SECOND = Date.UTC(2026, 10, 28, 10) / 1000;
const ID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|(?<![\w-])[0-9a-f]{8}(?![\w-])/g;
const WEBHOOK_SECRET = /\bwhsec_[\w+/]{43}=/g;
/** All have this length. */
const SIMULATED_ADDRESS = /\b10(?:\.1\d\d){3}\b/g;
/** Between columns. */
const GAP = 2;
const SHORT_ID = 8;
/** The UUID version in an id: 7 for instances and operations, 4 for requests. */
const VERSION_INDEX = 14;

/** Replaces values that differ from run to run by values that do not, of the same length. */
export class StableValues {
  /** By the ends of actual ids. Those of requests are counted apart: a new command must not change all other ids. */
  private readonly stable = new Map<string, string>();
  private readonly requests = new Map<string, string>();
  private readonly actual = new Map<string, string>();
  private readonly given = new Set<string>();

  /** Output with stable ids, times and ages. */
  stabilize(output: string): string {
    let times = 0;
    const result = output
      .replaceAll(ID, (id) => this.stableIdOf(id))
      .replaceAll(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, () => isoTime(FIRST_SECOND + times++))
      .replaceAll(WEBHOOK_SECRET, `whsec_${createHash('sha256').update('secret').digest('base64')}`)
      .replaceAll(SIMULATED_ADDRESS, '10.100.100.100')
      .replaceAll(/\b1[789]\d{8}\b/g, String(FIRST_SECOND))
      .replaceAll(/\b\d+[sm]\b(?: {2,})?/g, (age) => (age.endsWith(' ') ? '5s'.padEnd(age.length) : '5s'));
    return withNarrowAges(result.split('\n')).join('\n');
  }

  /** A command line with actual ids instead of stable ones. Other ids in it are stable as they are. */
  actualize(command: string): string {
    return command.replaceAll(ID, (id) => {
      const actual = this.actual.get(id);
      if (actual === undefined) this.given.add(id);
      return actual ?? id;
    });
  }

  private stableIdOf(id: string): string {
    if (this.given.has(id)) return id;
    const key = id.slice(-SHORT_ID);
    const isRequest = id.length > SHORT_ID && id.charAt(VERSION_INDEX) === '4';
    const known = isRequest ? this.requests : this.stable;
    const stable = known.get(key) ?? (isRequest ? requestIdOf(known.size + 1) : idOf(known.size + 1));
    known.set(key, stable);
    const replacement = stable.slice(-id.length);
    this.actual.set(replacement, id);
    return replacement;
  }
}

/** Tables with the column AGE as wide as its title: it is wider if an instance is between 100 and 119 seconds old. */
function withNarrowAges(lines: readonly string[]): readonly string[] {
  const [title, padding = ''] =
    lines.map((line) => /^.*\bAGE(?=( {3,})\S)/.exec(line)).find((found) => found) ?? [];
  if (title === undefined) return lines;
  const surplus = padding.length - GAP;
  return lines.map((line) => line.slice(0, title.length) + line.slice(title.length + surplus));
}

/** The n-th stable id of an instance or operation, a UUID of version 7. */
function idOf(n: number): string {
  const time = ((FIRST_SECOND + n) * 1000).toString(16).padStart(12, '0');
  const [, first, second, third] = /^(...)(...)(.{12})/.exec(digest(`id ${n}`)) ?? [];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${first}-a${second}-${third}`;
}

function requestIdOf(n: number): string {
  const [, ...parts] = /^(.{8})(.{4})(...)(...)(.{12})/.exec(digest(`request ${n}`)) ?? [];
  const [first, second, third, fourth, fifth] = parts;
  return `${first}-${second}-4${third}-b${fourth}-${fifth}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
