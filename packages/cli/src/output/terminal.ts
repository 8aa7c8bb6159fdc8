import { styleText } from 'node:util';
import { layOut, type Column, type Style } from './table';
import { jsonText, visible } from './sanitize';

const CLEAR_LINE = '\r\u001b[2K';
const CLEAR_SCREEN = '\u001b[H\u001b[2J';
const REDRAW_MS = 200;

type Output = NodeJS.WriteStream;
type Environment = Readonly<Record<string, string | undefined>>;

interface Progress {
  text: string;
  readonly startedAt: number;
  readonly timer: NodeJS.Timeout;
}

/** The only place that prints: results to standard output, everything else to standard error. */
export class Terminal {
  private shown: Progress | undefined;
  private readonly hasColors: boolean;

  constructor(
    private readonly output: Output,
    private readonly messages: Output,
    environment: Environment,
  ) {
    const { NO_COLOR = '', TERM } = environment;
    this.hasColors = output.isTTY && NO_COLOR === '' && TERM !== 'dumb';
    for (const stream of [output, messages]) {
      stream.on('error', (error: NodeJS.ErrnoException) => {
        // The reader, e.g. `head`, has closed the pipe.
        process.exit(error.code === 'EPIPE' ? (process.exitCode ?? 0) : 1);
      });
    }
  }

  /** Whether somebody watches the messages. */
  get isInteractive(): boolean {
    return this.messages.isTTY;
  }

  /** Prints a result as is. */
  print(text: string): void {
    this.output.write(`${text}\n`);
  }

  json(document: unknown): void {
    this.print(jsonText(document));
  }

  /** Rows under their titles, shortened to the width of the screen unless they are to be complete. */
  table<Row>(
    columns: readonly Column<Row>[],
    rows: readonly Row[],
    { hasTitles = true, isComplete = false } = {},
  ): void {
    const width = isComplete ? undefined : this.width;
    for (const line of layOut(columns, rows, { width, hasTitles })) {
      this.print(
        line
          .map(({ text, style }) => (style !== undefined && this.hasColors ? styled(style, text) : text))
          .join('  ')
          .trimEnd(),
      );
    }
  }

  /** Clears the screen if the output is one, so that the next result replaces the last one. */
  clear(): void {
    if (this.output.isTTY) this.output.write(CLEAR_SCREEN);
  }

  printError(text: string): void {
    this.endProgress();
    this.messages.write(`${text}\n`);
  }

  /** Shows a line with the elapsed seconds, or changes its text; does nothing unless somebody watches. */
  progress(text: string): void {
    if (!this.isInteractive) return;
    if (this.shown) {
      this.shown.text = text;
      return;
    }
    const timer = setInterval(() => this.draw(), REDRAW_MS);
    this.shown = { text, startedAt: performance.now(), timer };
    this.draw();
  }

  endProgress(): void {
    if (!this.shown) return;
    clearInterval(this.shown.timer);
    this.shown = undefined;
    this.messages.write(CLEAR_LINE);
  }

  private draw(): void {
    if (!this.shown) return;
    const seconds = ` ${((performance.now() - this.shown.startedAt) / 1000).toFixed(1)} s`;
    // A longer line would wrap, and only its last part would be cleared.
    const room = (widthOf(this.messages) ?? Infinity) - seconds.length - 1;
    const text = visible(this.shown.text);
    const shortened = text.length > room ? `${text.slice(0, Math.max(room - 1, 0))}…` : text;
    this.messages.write(`${CLEAR_LINE}${shortened}${seconds}`);
  }

  /** Columns of the screen; undefined if the output is a pipe or a file, which gets everything. */
  private get width(): number | undefined {
    return widthOf(this.output);
  }
}

/** Undefined for what is not a terminal, and for a terminal of unknown size. */
function widthOf({ isTTY, columns }: Output): number | undefined {
  return isTTY && columns > 0 ? columns : undefined;
}

function styled(style: Style, text: string): string {
  return styleText(style, text, { validateStream: false });
}
