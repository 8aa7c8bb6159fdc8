import { Command } from 'commander';
import { followConsole, unwrap, type Stats } from '../../client';
import { wholeNumber } from '../arguments';
import { time } from '../printing';
import { sessionOf, type Session, type Surroundings } from '../session';
import { printable } from '../terminal';

const MAX_LINES = 1000;
const DEFAULT_LINES = 100;

interface ConsoleOptions {
  readonly follow?: boolean;
  readonly lines: number;
  readonly raw?: boolean;
}

/** Commands that show an instance's console and resource usage. */
export function machineCommands(surroundings: Surroundings): readonly Command[] {
  return [consoleCommand(surroundings), statsCommand(surroundings)];
}

function consoleCommand(surroundings: Surroundings): Command {
  return new Command('console')
    .description('show the console output of an instance')
    .argument('<id>')
    .option('-f, --follow', 'print new lines until the instance stops; reconnects if the connection is lost')
    .option('--lines <n>', 'number of last lines', wholeNumber(1, MAX_LINES), DEFAULT_LINES)
    .option('--raw', 'print escape sequences and control characters unchanged')
    .action(async (id: string, { follow, lines, raw }: ConsoleOptions, command: Command) => {
      const session = sessionOf(command, surroundings);
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
    onGap: () => terminal.complain('warning: lines that were printed during the reconnect may be missing'),
  });
  for await (const line of stream) terminal.print(isJson ? JSON.stringify(line) : textOf(line));
}

function statsCommand(surroundings: Surroundings): Command {
  return new Command('stats')
    .description('show the resource usage of a running instance')
    .argument('<id>')
    .action(async (id: string, _: object, command: Command) => {
      const { client, terminal, isJson } = sessionOf(command, surroundings);
      const params = { path: { id } };
      const stats = await unwrap(client.GET('/api/v1/compute/instances/{id}/stats', { params }));
      if (isJson) terminal.json(stats);
      else terminal.table(['FIELD', 'VALUE'], rowsOf(stats));
    });
}

function rowsOf({ cpu, memory, disk, network, at }: Stats): readonly (readonly string[])[] {
  return [
    ['cpu', cpu.percent === null ? '-' : `${cpu.percent.toFixed(1)} % of one CPU`],
    ['cpu time', cpu.totalSeconds === null ? '-' : `${cpu.totalSeconds.toFixed(1)} s`],
    ['memory', memory ? `${bytes(memory.usedBytes)} of ${bytes(memory.limitBytes)}` : '-'],
    ['disk', disk ? `${bytes(disk.readBytes)} read, ${bytes(disk.writtenBytes)} written` : '-'],
    ['disk used', bytes(disk?.usedBytes ?? null)],
    ['network', network ? `${bytes(network.receivedBytes)} in, ${bytes(network.sentBytes)} out` : '-'],
    ['at', time(at)],
  ];
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

function bytes(count: number | null): string {
  if (count === null) return '-';
  const power = count < 1024 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), UNITS.length - 1);
  return `${(count / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power] ?? ''}`;
}
