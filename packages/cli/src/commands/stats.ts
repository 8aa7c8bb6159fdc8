import type { Command } from 'commander';
import type { Stats } from 'uim-compute-client';
import { printFields } from '../output/result';
import { time } from '../output/time';
import { findInstance } from '../references';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

export function statsCommand(context: CommandContext): Command {
  const examples = [['stats web', 'Show what an instance uses now']] as const;
  return define({ name: 'stats', summary: 'show the resource usage of a running instance', examples })
    .argument('<instance>')
    .action(async (text: string, _: object, command: Command) => {
      const { client, signal, terminal, format } = sessionOf(command, context);
      const { id, name } = await findInstance(client, text, signal);
      const stats = await client.stats(id, { signal });
      await printFields(terminal, format, { document: stats, name, fields: fieldsOf(stats) });
    });
}

function fieldsOf({ cpu, memory, disk, network, at }: Stats): readonly (readonly [string, string])[] {
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
