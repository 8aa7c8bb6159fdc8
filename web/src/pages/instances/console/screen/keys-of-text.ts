export interface TypedKey {
  readonly keysym: number;
  readonly isShifted: boolean;
}

const SHIFTED = new Set('~!@#$%^&*()_+{}|:"<>?');
const NAMED: Readonly<Record<string, number>> = { '\n': 0xff0d, '\t': 0xff09 };
/** Code points from here on have keysyms of their own range. */
const LATIN_1_END = 0x100;
const UNICODE_KEYSYM = 0x0100_0000;

/** The keys that type a text on a keyboard with the layout of the US, which is what most guests have. */
export function keysOfText(text: string): readonly TypedKey[] {
  const keys: TypedKey[] = [];
  for (const char of text.replaceAll(/\r\n?/g, '\n')) {
    const named = NAMED[char];
    const point = char.codePointAt(0) ?? 0;
    if (named !== undefined) keys.push({ keysym: named, isShifted: false });
    else if (point >= 0x20 && point !== 0x7f)
      keys.push({
        keysym: point < LATIN_1_END ? point : UNICODE_KEYSYM + point,
        isShifted: SHIFTED.has(char) || /^[A-Z]$/.test(char),
      });
  }
  return keys;
}
