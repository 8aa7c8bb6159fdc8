export interface Screen {
  /** The text on the screen. */
  readonly lines: readonly string[];
  /** Lines that were cleared, in order, e.g. progress. */
  readonly cleared: readonly string[];
}

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const TOKEN = /\u001b\[([0-9;?]*)([A-Za-z])|\u001b[=>]|[^]/g;

/** What a terminal shows after this output: obeys carriage returns, backspaces and erased lines, ignores colors. */
export function render(output: string): Screen {
  const lines: string[] = [''];
  const cleared: string[] = [];
  let column = 0;
  const current = (): string => lines.at(-1) ?? '';
  const replace = (line: string): void => void lines.splice(-1, 1, line);
  for (const [token, parameter, command] of output.matchAll(TOKEN)) {
    if (command === 'K' && parameter === '2') {
      if (current() !== '') cleared.push(current().trimEnd());
      replace('');
    } else if (command === 'K') replace(current().slice(0, column));
    else if (token === '\n') {
      lines.push('');
      column = 0;
    } else if (token === '\r') column = 0;
    else if (token === '\b') column = Math.max(column - 1, 0);
    else if (token >= ' ') {
      replace(current().slice(0, column).padEnd(column) + token + current().slice(column + 1));
      column++;
    }
  }
  while (lines.at(-1) === '') lines.pop();
  return { lines: lines.map((line) => line.trimEnd()), cleared };
}
