import type { Command } from 'commander';
import type { Quota } from 'uim-compute-client';
import { collected } from '../collected';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

type Resource = keyof Quota['usage'];

export function tenantsCommand(context: CommandContext): Command {
  const summary = 'list tenants with their usage and limits (operators only)';
  const examples = [
    ['tenants', 'Show what each tenant uses'],
    ['list --all-tenants --status error', 'Show failed instances of all tenants'],
  ] as const;
  return define({ name: 'tenants', summary, examples }).action(async (_: object, command: Command) => {
    const session = sessionOf(command, context);
    const { client, signal } = session;
    const tenants = await collected(client.operator.tenants({ signal }));
    await session.print({
      document: { tenants },
      rows: tenants,
      columns: [
        { title: 'TENANT', text: ({ tenantId }) => tenantId, isFlexible: true },
        { title: 'INSTANCES', text: used('instances') },
        { title: 'VCPUS', text: used('vcpus') },
        { title: 'RAM GB', text: used('ramGB') },
        { title: 'DISK GB', text: used('diskGB') },
        { title: 'GPUS', text: used('gpus') },
      ],
      name: ({ tenantId }) => tenantId,
    });
  });
}

/** Usage, and the limit if there is one. */
function used(resource: Resource): (quota: Quota) => string {
  return ({ usage, limits }) =>
    limits[resource] === -1 ? String(usage[resource]) : `${usage[resource]}/${limits[resource]}`;
}
