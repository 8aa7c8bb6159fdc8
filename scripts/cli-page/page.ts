/** A command of the page, as it is typed. */
export interface PageCommand {
  readonly text: string;
  /** Not shown on the page. */
  readonly isHidden: boolean;
  /** The last progress line with this text is shown. */
  readonly progress: string | undefined;
}

export interface PageHandler {
  /** Starts the service that the following commands use. */
  useService(name: string): Promise<void>;
  /** Runs a command and returns the lines that it leaves on the screen. */
  run(command: PageCommand): Promise<readonly string[]>;
}

const DIRECTIVE = /^<!-- (service|hidden|progress): (.*) -->$/;
const FENCE = '```console';
const PROMPT = '$ ';
const CONTINUATION = '> ';

/**
 * Runs the commands in the `console` blocks of a page one after the other, and returns the page with their outputs.
 * Comments say what surrounds them:
 * - `<!-- service: name -->`: the service of the following commands;
 * - `<!-- hidden: command -->`: a command that the page does not show;
 * - `<!-- progress: text -->`: above the next block: keep the last progress line with this text.
 */
export async function withOutputs(page: string, handler: PageHandler): Promise<string> {
  const result: string[] = [];
  const lines = page.split('\n');
  let progress: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    result.push(line);
    const [, directive, value = ''] = DIRECTIVE.exec(line) ?? [];
    if (directive === 'service') await handler.useService(value);
    if (directive === 'hidden') await handler.run({ text: value, isHidden: true, progress: undefined });
    if (directive === 'progress') progress = value;
    if (line !== FENCE) continue;
    const end = lines.indexOf('```', index);
    if (end < 0) throw new Error(`the block in line ${index + 1} is not closed`);
    for (const text of commandsOf(lines.slice(index + 1, end))) {
      result.push(...`${PROMPT}${text}`.replaceAll('\n', `\n${CONTINUATION}`).split('\n'));
      result.push(...(await handler.run({ text, isHidden: false, progress })));
    }
    progress = undefined;
    index = end - 1;
  }
  return result.join('\n');
}

/** Lines after a prompt, each with its continuation lines. */
function commandsOf(lines: readonly string[]): readonly string[] {
  const commands: string[] = [];
  let isContinued = false;
  for (const line of lines) {
    const last = commands.at(-1);
    if (line.startsWith(PROMPT)) commands.push(line.slice(PROMPT.length));
    else if (isContinued && last !== undefined)
      commands.splice(-1, 1, `${last}\n${line.slice(CONTINUATION.length)}`);
    isContinued = commands.at(-1)?.endsWith('\\') === true && /^[$>] /.test(line);
  }
  return commands;
}
