import { isUtf8 } from 'node:buffer';
import { lstatSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../errors/app.error';
import { ConfigurationError } from './configuration.error';

const MAX_BYTES = 1_048_576;
const BLANK = /^[^\S\n]*(#[^\n]*)?(\n|$)/;
const ASSIGNMENT = /^[^\S\n]*(?:export[^\S\n]+)?([A-Za-z_][\w.-]*)[^\S\n]*=[^\S\n]*/;
/** A quoted value may span lines; only a comment may follow it. */
const QUOTED = /^(["'`])([\s\S]*?)\1[^\S\n]*(?:#[^\n]*)?(?:\n|$)/;

/**
 * Adds the variables of the file `.env` in a directory; variables that are already set take precedence.
 * @returns warnings about the file
 * @throws {ConfigurationError} if it cannot be read or parsed completely; values are never shown.
 */
export function loadDotEnv(
  directory: string = process.cwd(),
  variables: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  const text = readDotEnv(resolve(directory, '.env'));
  if (text === undefined) return [];
  const { values, warnings } = parseDotEnv(text);
  for (const [name, value] of values) variables[name] ??= value;
  return warnings;
}

function readDotEnv(path: string): string | undefined {
  // A broken link is an error; a missing file is not.
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw new Error('it is not a file');
    if (stats.size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES} bytes`);
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) throw new Error('it is not encoded in UTF-8');
    // Removes a byte order mark.
    return new TextDecoder().decode(bytes);
  } catch (error) {
    throw new ConfigurationError([`${path} cannot be read: ${messageOf(error)}`]);
  }
}

export interface DotEnv {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/**
 * The common `.env` syntax: `NAME=value`, with or without `export`, quotes and comments.
 * @throws {ConfigurationError} with the number of a line that would otherwise be ignored or truncated.
 */
export function parseDotEnv(source: string): DotEnv {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  const warnings: string[] = [];
  let line = 1;
  for (let rest = source.replace(/\r\n?/g, '\n'); rest !== '';) {
    let length = BLANK.exec(rest)?.[0].length;
    if (length === undefined) {
      const { name, value, ...parsed } = parseAssignment(rest, line);
      const before = lines.get(name);
      if (before !== undefined)
        warnings.push(`.env sets ${name} twice: line ${line} replaces line ${before}`);
      values.set(name, value);
      lines.set(name, line);
      length = parsed.length;
    }
    line += rest.slice(0, length).split('\n').length - 1;
    rest = rest.slice(length);
  }
  return { values, warnings };
}

interface Assignment {
  readonly name: string;
  readonly value: string;
  /** Length including the line break. */
  readonly length: number;
}

/** Parses the assignment at the start of a text. */
function parseAssignment(text: string, line: number): Assignment {
  const [start, name] = ASSIGNMENT.exec(text) ?? [];
  if (start === undefined || name === undefined) throw problem(line, 'must be NAME=value');
  const rest = text.slice(start.length);
  if (/^["'`]/.test(rest)) {
    const [all, quote, content] = QUOTED.exec(rest) ?? [];
    if (all === undefined || content === undefined)
      throw problem(line, `has a value for ${name} whose quotes do not match`);
    const value = quote === '"' ? content.replaceAll('\\n', '\n') : content;
    return { name, value, length: start.length + all.length };
  }
  const raw = /^[^\n]*/.exec(rest)?.[0] ?? '';
  const value = raw.replace(/(^|\s+)#.*$/, '').trim();
  if (value.includes('#')) throw problem(line, `has a # in the value of ${name}: put the value into quotes`);
  return { name, value, length: start.length + raw.length + 1 };
}

function problem(line: number, what: string): ConfigurationError {
  return new ConfigurationError([`line ${line} of .env ${what}`]);
}
