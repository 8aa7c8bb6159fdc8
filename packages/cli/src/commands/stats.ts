import { Command } from 'commander';
import { unwrap, type Stats } from 'uim-compute-client';
import { time } from '../printing';
import { sessionOf, type CommandContext } from '../session';

export function statsCommand(context: CommandContext): Command {
  return new Command('stats')
    .description('show the resource usage of a running instance')
    .argument('<id>')
    .action(async (id: string, _: object, command: Command) => {
      const { client, terminal, isJson } = sessionOf(command, context);
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
