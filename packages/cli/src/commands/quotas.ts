import { type Command, InvalidArgumentError } from 'commander';
import type { Limits, Quota } from 'uim-compute-client';
import { duration } from '../arguments';
import { printResult } from '../output/result';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';
import { LIMITED } from './values';

type Resource = (typeof LIMITED)[number];

export function quotasCommand(context: CommandContext): Command {
  const examples = [
    ['quotas', 'Show your limits and usage'],
    ['quotas acme', 'Show those of a tenant (operators only)'],
    ['quotas set acme instances=20 ramGB=unlimited', 'Change limits of a tenant (operators only)'],
  ] as const;
  const summary = 'show limits and usage, or set limits (operators only)';
  const command = define({ name: 'quotas', summary, examples })
    .alias('quota')
    .argument('[tenant]', 'another tenant (operators only)')
    .action(async (tenant: string | undefined, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      await print(
        session,
        tenant === undefined
          ? await client.quota({ signal })
          : await client.operator.quota(tenant, { signal }),
      );
    });
  command.addCommand(setCommand(context));
  return command;
}

function setCommand(context: CommandContext): Command {
  return define({
    name: 'set',
    summary: 'set limits of a tenant',
    examples: [
      ['quotas set acme instances=20 ramGB=unlimited', 'Set two limits, and keep the others'],
      ['quotas set acme instances=default', 'Go back to the configured limit'],
      ['quotas set acme retainDeleted=7d', 'Retain deleted instances for a week'],
    ],
  })
    .argument('<tenant>')
    .argument(
      '<resource=limit...>',
      `resources: ${LIMITED.join(', ')}; limits: a number, unlimited, or default; or retainDeleted=<time>, such as 7d`,
      limit,
    )
    .action(async (tenant: string, limits: Limits, _: object, self: Command) => {
      const session = sessionOf(self, context);
      await print(
        session,
        await session.client.operator.setQuota(tenant, limits, { signal: session.signal }),
      );
    });
}

const RETAIN = 'retainDeleted=';

/** Collects limits; -1 is no limit, null the configured default. */
function limit(text: string, before: Limits | undefined): Limits {
  if (text.startsWith(RETAIN)) {
    const value = text.slice(RETAIN.length);
    return { ...before, retainDeleted: value === 'default' ? null : duration(value) };
  }
  const [, resource, value = ''] = /^(\w+)=(\d{1,9}|unlimited|default)$/.exec(text) ?? [];
  const known = LIMITED.find((each) => each === resource);
  if (!known)
    throw new InvalidArgumentError(
      `Must look like instances=20, ramGB=unlimited or gpus=default; resources are ${LIMITED.join(', ')}.`,
    );
  return { ...before, [known]: value === 'default' ? null : value === 'unlimited' ? -1 : Number(value) };
}

async function print({ terminal, format }: Session, quota: Quota): Promise<void> {
  const { limits, usage, tenantId, retainDeleted } = quota;
  await printResult<Resource>(terminal, format, {
    document: quota,
    rows: LIMITED,
    columns: [
      { title: 'RESOURCE', text: (resource) => resource },
      { title: 'USED', text: (resource) => String(usage[resource]) },
      {
        title: 'LIMIT',
        text: (resource) => (limits[resource] === -1 ? 'unlimited' : String(limits[resource])),
      },
    ],
    name: () => tenantId,
  });
  if (retainDeleted !== null && format === 'table')
    terminal.print(`Deleted instances are retained: ${retainDeleted}`);
}
