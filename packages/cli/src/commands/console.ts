import { Option, type Command } from 'commander';
import { wholeNumber } from '../arguments';
import { printable } from '../output/sanitize';
import { findInstance } from '../references';
import { sessionOf, withSockets, type CommandContext, type Session } from '../session';
import { define } from './define';
import { useSerialConsole } from './serial-console';

const MAX_LINES = 1000;
const DEFAULT_LINES = 100;

interface ConsoleOptions {
  readonly follow?: boolean;
  readonly lines: number;
  readonly raw?: boolean;
  readonly interactive?: boolean;
}

export function consoleCommand(context: CommandContext): Command {
  const examples = [
    ['logs web', 'Show the last 100 lines'],
    ['logs web -f --lines 10', 'Show the last ten lines, then new ones'],
    ['console web -i', 'Use the serial console; Ctrl-] leaves it'],
  ] as const;
  return define({ name: 'console', summary: 'show or use the console of an instance', examples })
    .alias('logs')
    .argument('<instance>')
    .option('-f, --follow', 'print new lines until the instance stops; reconnects if the connection is lost')
    .option('-n, --lines <n>', 'number of last lines', wholeNumber(1, MAX_LINES), DEFAULT_LINES)
    .option('--raw', 'print escape sequences and control characters unchanged')
    .addOption(
      new Option('-i, --interactive', 'connect this terminal to the serial console').conflicts([
        'follow',
        'lines',
        'raw',
      ]),
    )
    .action(async (text: string, { follow, lines, raw, interactive }: ConsoleOptions, command: Command) => {
      const session =
        interactive === true ? await withSockets(command, context) : sessionOf(command, context);
      const reference = await findInstance(session.client, text, session.signal);
      if (interactive === true) {
        await useSerialConsole(session, reference);
        return;
      }
      const { id } = reference;
      const textOf = raw === true ? (line: string) => line : printable;
      if (follow === true) await followLines(session, { id, lines, textOf });
      else await printLines(session, { id, lines, textOf });
    });
}

interface ConsoleRequest {
  readonly id: string;
  readonly lines: number;
  readonly textOf: (line: string) => string;
}

async function printLines(session: Session, { id, lines, textOf }: ConsoleRequest): Promise<void> {
  const { client, signal, terminal } = session;
  const printed = await client.console(id, { lines, signal });
  if (!session.isStructured) for (const line of printed) terminal.print(textOf(line));
  else await session.print({ document: { lines: printed }, rows: printed, columns: [], name: textOf });
}

async function followLines(
  { client, signal, terminal, isStructured }: Session,
  { id, lines, textOf }: ConsoleRequest,
): Promise<void> {
  const stream = client.followConsole(id, {
    lines,
    signal,
    onOpen: () => terminal.endProgress(),
    onLost: () => terminal.progress('connection lost, reconnecting'),
    onGap: () => terminal.printError('warning: lines that were printed during the reconnect may be missing'),
  });
  for await (const line of stream) terminal.print(isStructured ? JSON.stringify(line) : textOf(line));
}
