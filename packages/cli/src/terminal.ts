import type { WriteStream } from 'node:tty';

/** Control characters. Replaced, because tenant-defined names could move the cursor or color the screen. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
 * Escape sequences (ECMA-48): control sequences such as colors, strings such as window titles, and short sequences. A
 * line may end inside one. Node's `stripVTControlCharacters` keeps strings other than OSC, and incomplete sequences.
 */
const ESCAPE_SEQUENCE =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f]).*?(?:\u0007|\u001b\\|\u009c|$)|\u001b[ -/]*[0-~]?/gs;
const CLEAR_LINE = '\r\u001b[2K';
const REDRAW_MS = 200;

type Output = NodeJS.WriteStream | WriteStream;

/** The only place that prints: results to standard output, everything else to standard error. */
export class Terminal {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly output: Output,
    private readonly messages: Output,
  ) {
    for (const stream of [output, messages]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        // The reader, e.g. `head`, has closed the pipe.
        process.exit(error.code === 'EPIPE' ? 0 : 1);
      });
    }
  }

  /** Prints a result as is. */
  print(text: string): void {
    this.output.write(`${text}\n`);
  }

  json(document: unknown): void {
    this.print(JSON.stringify(document, null, 2));
  }

  /** Rows under their titles, each column as wide as its longest cell. */
  table(titles: readonly string[], rows: readonly (readonly string[])[]): void {
    const lines = [titles, ...rows.map((cells) => cells.map(visible))];
    const widths = titles.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
    for (const cells of lines) {
      this.print(
        cells
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd(),
      );
    }
  }

  printError(text: string): void {
    this.endProgress();
    this.messages.write(`${text}\n`);
  }

  /** Shows a line with the elapsed seconds; does nothing if standard error is not a terminal. */
  progress(text: string): void {
    if (!this.messages.isTTY) return;
    this.endProgress();
    const started = performance.now();
    const draw = (): void => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      this.messages.write(`${CLEAR_LINE}${visible(text)} ${seconds} s`);
    };
    draw();
    this.timer = setInterval(draw, REDRAW_MS);
  }

  endProgress(): void {
    if (this.timer === undefined) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.messages.write(CLEAR_LINE);
  }
}

/** Sanitizes a console line: keeps tabs, drops escape sequences, and replaces other control characters with U+FFFD. */
export function printable(line: string): string {
  return line.replaceAll(ESCAPE_SEQUENCE, '').split('\t').map(visible).join('\t');
}

export function visible(text: string): string {
  return text.replaceAll(CONTROL, '\uFFFD');
}
