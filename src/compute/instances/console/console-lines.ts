/** Maximum of lines per request. */
export const MAX_LINES = 1000;
/** Maximum bytes of a console line, and of a whole response. */
export const MAX_LINE_BYTES = 8192;
const MAX_ANSWER_BYTES = 4_194_304;

const LINE_ENDS = /[\r\n]/g;
const MARK = '…';

/** Removes line breaks and truncates a line that is too long. */
export function toLine(text: string): string {
  const line = cut(text.length > MAX_LINE_BYTES ? text.slice(0, MAX_LINE_BYTES + 1) : text);
  return line.replaceAll(LINE_ENDS, '');
}

/** JSON text of `{lines}`: the newest lines that fit, oldest first. */
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
  // A UTF-16 code unit takes at most three bytes in UTF-8.
  if (text.length * 3 <= MAX_LINE_BYTES || Buffer.byteLength(text) <= MAX_LINE_BYTES) return text;
  const head = Buffer.from(text).subarray(0, MAX_LINE_BYTES - Buffer.byteLength(MARK));
  // `stream` drops a character that was cut in the middle.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(head, { stream: true }) + MARK;
}
