import { isHidden } from './hidden';

const PLAIN = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/;

/** Whether a text can be a word of a command line: it must not contain NUL, nor half of a character. */
export function isWord(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/**
 * Quotes a word for sh, bash and zsh, so that they pass it on unchanged. It is safe to paste, too.
 * @throws {RangeError} if no command line can contain it
 */
export function quoteShell(word: string): string {
  if (!isWord(word)) throw new RangeError('a command line cannot contain this text');
  if (PLAIN.test(word)) return word;
  if (isHidden(word)) return `$'${Array.from(word, escapeCharacter).join('')}'`;
  const quoted = `'${word.replaceAll("'", String.raw`'\''`)}'`;
  // Older shells look for their history in each line that is typed, and forget that a quote was opened before it.
  return word.includes('\n') ? quoted.replaceAll('!', String.raw`'\!'`) : quoted;
}

/** As bytes, because the meaning of other escapes depends on the locale. */
function escapeCharacter(character: string): string {
  if (character === '\n') return String.raw`\n`;
  if (!isHidden(character) && !/['\\!]/.test(character)) return character;
  const bytes = new TextEncoder().encode(character);
  return Array.from(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/** A command of several lines. The arguments of one entry stay on one line; all are quoted already. */
export function shellCommand(lines: readonly string[]): string {
  return lines.join(' \\\n  ');
}
