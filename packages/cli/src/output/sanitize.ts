/** Control characters. Replaced, because tenant-defined names could move the cursor or color the screen. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
 * Escape sequences (ECMA-48): control sequences such as colors, strings such as window titles, and short sequences. A
 * line may end inside one. Node's `stripVTControlCharacters` keeps strings other than OSC, and incomplete sequences.
 */
const ESCAPE_SEQUENCE =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f]).*?(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/gs;

/** Sanitizes a console line: keeps tabs, drops escape sequences, and replaces other control characters with U+FFFD. */
export function printable(line: string): string {
  return line.replaceAll(ESCAPE_SEQUENCE, '').split('\t').map(visible).join('\t');
}

/** JSON whose strings contain no characters that a terminal obeys. */
export function jsonText(document: unknown): string {
  return JSON.stringify(document, null, 2).replaceAll(/[^\P{C}\n]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

export function visible(text: string): string {
  return text.replaceAll(CONTROL, '\uFFFD');
}
