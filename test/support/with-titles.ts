const LONGEST = 40;

/** Rows for `it.each` with a title: the value as JSON, cut to 40 characters. */
export function withTitles<T>(values: readonly T[]): [title: string, value: T][] {
  return values.map((value) => {
    const text = value === undefined ? 'absent' : JSON.stringify(value);
    return [text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, value];
  });
}
