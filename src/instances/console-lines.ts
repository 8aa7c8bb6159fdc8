/** Lines that can be asked for. */
export const MAX_LINES = 1000;
/** What a line of a console may weigh, and all of an answer together, in bytes. */
export const MAX_LINE_BYTES = 8192;
const MAX_ANSWER_BYTES = 4_194_304;

const LINE_ENDS = /[\r\n]/g;
const MARK = '…';

/** A line as it may leave: in one piece, and cut where it is too long. */
export function toLine(text: string): string {
  const line = cut(text.length > MAX_LINE_BYTES ? text.slice(0, MAX_LINE_BYTES + 1) : text);
  return line.replaceAll(LINE_ENDS, '');
}

/** JSON text of `{lines}`: the newest that there is room for, oldest first. */
export function toConsoleDocument(texts: readonly string[]): string {
  const lines: string[] = [];
  let left = MAX_ANSWER_BYTES - '{"lines":[]}'.length;
  for (const text of texts.toReversed()) {
    const line = JSON.stringify(toLine(text));
    left -= Buffer.byteLength(line) + 1;
    if (left < 0) break;
    lines.push(line);
  }
  return `{"lines":[${lines.reverse().join(',')}]}`;
}

/** A line as one server-sent event. */
export function toFrame(text: string): string {
  return `event: line\ndata: ${toLine(text)}\n\n`;
}

function cut(text: string): string {
  // A character takes three bytes at most, or four for two.
  if (text.length * 3 <= MAX_LINE_BYTES || Buffer.byteLength(text) <= MAX_LINE_BYTES) return text;
  const head = Buffer.from(text).subarray(0, MAX_LINE_BYTES - Buffer.byteLength(MARK));
  // As a stream: what is left of a character in the middle of which it was cut, goes.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(head, { stream: true }) + MARK;
}
