import { isColorSupported, prettyFactory } from 'pino-pretty';
import { isRecord } from '../values/records';

/** Control characters, and those that reorder or break lines of text. */
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;
/** The same in stack traces, the only text that spans lines. */
const UNSAFE_IN_STACK = new RegExp(`(?!\\n {4}at )${UNSAFE.source}`, UNSAFE.flags);

/**
 * Formats lines of the log for people: `[10:15:30.250] INFO (Main): text {"member":"…"}`. Control characters are
 * escaped, because names of tenants and paths of requests would otherwise reach the terminal unchanged.
 */
export function prettyLines({ hasColors = isColorSupported } = {}): (line: string) => string {
  const format = prettyFactory({
    colorize: hasColors,
    ignore: 'service',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  });
  return (line) => {
    const entry: unknown = escaped(JSON.parse(line));
    return format(isRecord(entry) ? shortened(entry) : entry);
  };
}

/** Shows a request as one short line, and other lines with the name of their logger. */
function shortened(entry: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { context, ...others } = entry;
  if (entry['msg'] !== 'request') return { ...others, name: context };
  const { level, time, method, path, status, durationMs, tenantId, problem } = entry;
  const words = [method, path, status, `${String(durationMs)} ms`, tenantId, problem];
  return { level, time, msg: words.filter((word) => isText(word)).join(' ') };
}

function isText(word: unknown): word is string | number {
  return typeof word === 'string' || typeof word === 'number';
}

function escaped(value: unknown, unsafe = UNSAFE): unknown {
  if (typeof value === 'string') return escapedText(value, unsafe);
  if (Array.isArray(value)) return value.map((item) => escaped(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      escapedText(name, UNSAFE),
      escaped(member, name === 'stack' ? UNSAFE_IN_STACK : UNSAFE),
    ]),
  );
}

function escapedText(text: string, unsafe: RegExp): string {
  return text.replace(
    unsafe,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
