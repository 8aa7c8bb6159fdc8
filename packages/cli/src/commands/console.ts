import { Command } from 'commander';
import { followConsole, unwrap } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { sessionOf, type Session, type CommandContext } from '../session';
import { printable } from '../terminal';

const MAX_LINES = 1000;
const DEFAULT_LINES = 100;

interface ConsoleOptions {
  readonly follow?: boolean;
  readonly lines: number;
  readonly raw?: boolean;
}

export function consoleCommand(context: CommandContext): Command {
  return new Command('console')
    .description('show the console output of an instance')
    .argument('<id>')
    .option('-f, --follow', 'print new lines until the instance stops; reconnects if the connection is lost')
    .option('--lines <n>', 'number of last lines', wholeNumber(1, MAX_LINES), DEFAULT_LINES)
    .option('--raw', 'print escape sequences and control characters unchanged')
    .action(async (id: string, { follow, lines, raw }: ConsoleOptions, command: Command) => {
      const session = sessionOf(command, context);
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

async function printLines(
  { client, terminal, isJson }: Session,
  { id, lines, textOf }: ConsoleRequest,
): Promise<void> {
  const params = { path: { id }, query: { lines } };
  const printed = await unwrap(client.GET('/api/v1/compute/instances/{id}/console', { params }));
  if (typeof printed === 'string') throw new Error('the service sent an unrequested stream');
  if (isJson) terminal.json(printed);
  else for (const line of printed.lines) terminal.print(textOf(line));
}

async function followLines(
  { connection, signal, terminal, isJson }: Session,
  { id, lines, textOf }: ConsoleRequest,
): Promise<void> {
  const stream = followConsole(connection, id, {
    lines,
    signal,
    onOpen: () => terminal.endProgress(),
    onLost: () => terminal.progress('connection lost, reconnecting'),
    onGap: () => terminal.printError('warning: lines that were printed during the reconnect may be missing'),
  });
  for await (const line of stream) terminal.print(isJson ? JSON.stringify(line) : textOf(line));
}
