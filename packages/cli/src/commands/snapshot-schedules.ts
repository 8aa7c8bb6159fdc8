import type { Command } from 'commander';
import type { SnapshotSchedule } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { printFields } from '../output/result';
import { time } from '../output/time';
import { findInstance } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

const kept = wholeNumber(0, 1000);

interface SetOptions {
  readonly timeZone?: string;
  readonly keepLast?: number;
  readonly keepDaily?: number;
  readonly keepWeekly?: number;
}

export function scheduleCommand(context: CommandContext): Command {
  const examples = [
    ['snapshot schedule set web "0 2 * * *" --keep-daily 7', 'Every night at 2, each for a week'],
    ['snapshot schedule get web', 'Show when the next snapshot is taken'],
  ] as const;
  const summary = 'take snapshots of an instance regularly';
  const command = define({ name: 'schedule', summary, examples });
  command.addCommand(getCommand(context));
  command.addCommand(setCommand(context));
  command.addCommand(deleteCommand(context));
  return command;
}

function getCommand(context: CommandContext): Command {
  const examples = [['snapshot schedule get web', 'Show the schedule of an instance']] as const;
  return define({ name: 'get', summary: 'show the schedule of an instance', examples })
    .argument('<instance>')
    .action(async (instance: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findInstance(client, instance, signal);
      await printSchedule(session, await client.snapshots.schedule(id, { signal }));
    });
}

function setCommand(context: CommandContext): Command {
  const examples = [
    ['snapshot schedule set web "0 2 * * *" --time-zone Europe/Berlin --keep-daily 7', 'Every night'],
    ['snapshot schedule set web "*/15 * * * *" --keep-last 4 --keep-daily 30', 'Every 15 minutes'],
  ] as const;
  return define({ name: 'set', summary: 'set or replace the schedule of an instance', examples })
    .argument('<instance>')
    .argument('<cron>', 'minute, hour, day, month, day of the week')
    .option('--time-zone <name>', 'time zone of the cron expression (default: UTC)')
    .option('--keep-last <n>', 'keep the newest snapshots', kept)
    .option('--keep-daily <n>', 'keep the newest snapshot of each of the last days', kept)
    .option('--keep-weekly <n>', 'keep the newest snapshot of each of the last weeks', kept)
    .action(async (instance: string, cron: string, options: SetOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findInstance(client, instance, signal);
      const { timeZone, keepLast: last, keepDaily: daily, keepWeekly: weekly } = options;
      const keep = {
        ...(last !== undefined && { last }),
        ...(daily !== undefined && { daily }),
        ...(weekly !== undefined && { weekly }),
      };
      const schedule = { cron, timeZone, keep };
      await printSchedule(session, await client.snapshots.setSchedule(id, schedule, { signal }));
    });
}

function deleteCommand(context: CommandContext): Command {
  const examples = [['snapshot schedule delete web', 'Take no more snapshots of an instance']] as const;
  return define({ name: 'delete', summary: 'delete a schedule; its snapshots stay', examples })
    .argument('<instance>')
    .action(async (instance: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findInstance(client, instance, signal);
      await client.snapshots.removeSchedule(id, { signal });
    });
}

async function printSchedule({ terminal, format }: Session, schedule: SnapshotSchedule): Promise<void> {
  const { instanceId, cron, timeZone, keep, nextAt, lastAt, lastError, createdAt, updatedAt } = schedule;
  await printFields(terminal, format, {
    document: schedule,
    name: instanceId,
    fields: [
      ['instanceId', instanceId],
      ['cron', cron],
      ['timeZone', timeZone],
      ['keep', `last ${keep.last}, daily ${keep.daily}, weekly ${keep.weekly}`],
      ['nextAt', time(nextAt)],
      ['lastAt', lastAt === null ? '' : time(lastAt)],
      ['lastError', lastError ?? ''],
      ['createdAt', time(createdAt)],
      ['updatedAt', time(updatedAt)],
    ],
  });
}
