const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Deeper documents are rejected anyway and would cost memory here. */
const MAX_DEPTH = 64;

/** An object or a list that is open at the current position. */
interface Open {
  /** Member names so far; undefined for a list. */
  readonly names: Set<string> | undefined;
  /** Name of the current member, or index of the current item. */
  at: string | number;
}

/** The characters of a JSON text outside its strings. */
export interface JsonCounts {
  /** Members, items, objects and lists. */
  readonly values: number;
  /** Colons: one per member, duplicates included. */
  readonly members: number;
}

/**
 * Counts until there are more than `most` values, so a text too large to parse quickly is detected quickly. The text
 * need not be valid.
 */
export function countJson(json: Buffer, most: number): JsonCounts {
  const text = json.toString('latin1');
  let values = 0;
  let members = 0;
  for (let at = 0; at < text.length && values <= most; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COLON) members++;
    else if (code === COMMA || code === OPEN_BRACE || code === OPEN_BRACKET) values++;
  }
  return { values, members };
}

/**
 * The path of a member that occurs more than once in an object, for example `container.env.PATH`; undefined without
 * duplicates. `JSON.parse` silently keeps the last one. The text must be valid JSON, `parsed` its value and `members`
 * the count of all its members: comparing it with the members that were kept is enough for nearly all documents.
 */
export function findDuplicateMember(json: Buffer, parsed: unknown, members: number): string | undefined {
  return members === countMembers(parsed) ? undefined : firstDuplicate(json);
}

/** Counts the members that were kept. Not recursive, because a document can be deeper than the stack. */
function countMembers(parsed: unknown): number {
  let count = 0;
  const rest: unknown[] = [parsed];
  for (let value = rest.pop(); value !== undefined; value = rest.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const members: unknown[] = Object.values(value);
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === 'object') rest.push(member);
  }
  return count;
}

function firstDuplicate(json: Buffer): string | undefined {
  const text = json.toString('latin1');
  const open: Open[] = [];
  let isName = false;
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at);
    if (byte === QUOTE) {
      const end = endOfString(text, at);
      const innermost = open.at(-1);
      if (isName && innermost?.names) {
        const name = nameOf(json.subarray(at, end + 1));
        innermost.at = name;
        if (innermost.names.has(name)) return open.map((each) => each.at).join('.');
        innermost.names.add(name);
      }
      isName = false;
      at = end;
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (open.length === MAX_DEPTH) return undefined;
      isName = byte === OPEN_BRACE;
      open.push(isName ? { names: new Set(), at: '' } : { names: undefined, at: 0 });
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      open.pop();
      isName = false;
    } else if (byte === COMMA) {
      const innermost = open.at(-1);
      isName = innermost?.names !== undefined;
      if (typeof innermost?.at === 'number') innermost.at++;
    }
  }
  return undefined;
}

/** Index of the quotation mark that ends the string starting at `start`. */
function endOfString(text: string, start: number): number {
  const next = text.indexOf('"', start + 1);
  if (next === -1) return text.length;
  // `indexOf` is several times as fast as this loop, but not if it stops every few bytes.
  for (let at = isEscaped(text, next) ? next + 1 : next; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}

/** Whether an odd number of backslashes precedes the quotation mark. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === BACKSLASH) at--;
  return (quote - at) % 2 === 1;
}

/** Decodes escapes, so that different spellings of a name are equal. */
function nameOf(quoted: Buffer): string {
  return String(JSON.parse(quoted.toString('utf8')));
}
