/**
 * Characters that a terminal may act on while text is pasted, even inside quotes, and those that hide or reorder text:
 * all of control and format, except the line break and the joiner of emoji.
 */
const HIDDEN = /(?![\n\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/u;
const EACH_HIDDEN = new RegExp(HIDDEN, 'gu');

export function isHidden(text: string): boolean {
  return HIDDEN.test(text);
}

/** Replaces hidden characters by the escapes that JSON and TypeScript share. Only for text inside string literals. */
export function escapeHidden(text: string): string {
  return text.replace(EACH_HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      return `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}
