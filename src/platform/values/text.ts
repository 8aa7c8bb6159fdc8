/**
 * Whether a value is text that a database can store unchanged: without NUL or lone surrogates, and between `min` and
 * `max` characters (code points) long.
 */
export function isText(value: unknown, min: number, max: number): value is string {
  if (typeof value !== 'string' || value.length > 2 * max) return false;
  if (value.includes('\0') || !value.isWellFormed()) return false;
  const length = value.length <= max && value.length >= 2 * min ? value.length : Array.from(value).length;
  return length >= min && length <= max;
}
