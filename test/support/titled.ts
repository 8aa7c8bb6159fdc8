const LONGEST = 40;

/** Rows for `it.each` whose first member, for the title, is the value cut to what a line can hold. */
export function titled<T>(values: readonly T[]): [title: string, value: T][] {
  return values.map((value) => {
    const text = value === undefined ? 'absent' : JSON.stringify(value);
    return [text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, value];
  });
}
