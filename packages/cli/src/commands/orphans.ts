import type { Command } from 'commander';
import { shortId } from '../instance-columns';
import { age } from '../output/time';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

export function orphansCommand(context: CommandContext): Command {
  const summary = 'list resources at engines that belong to no instance (operators only)';
  const examples = [['orphans', 'Show what will be removed from engines, and when']] as const;
  return define({ name: 'orphans', summary, examples }).action(async (_: object, command: Command) => {
    const session = sessionOf(command, context);
    const { client, signal } = session;
    const orphans = await client.operator.orphans({ signal });
    await session.print({
      document: { orphans },
      rows: orphans,
      columns: [
        { title: 'ENGINE', text: ({ driver }) => driver },
        { title: 'INSTANCE', text: ({ instanceId }) => shortId(instanceId) },
        { title: 'TENANT', text: ({ tenantId }) => tenantId, isFlexible: true },
        { title: 'SEEN FOR', text: ({ firstSeenAt }) => age(firstSeenAt) },
        { title: 'REMOVED', text: ({ removedAfter }) => removal(removedAfter) },
      ],
      name: ({ instanceId }) => instanceId,
    });
  });
}

function removal(at: number | null): string {
  if (at === null) return 'never';
  const seconds = at - Date.now() / 1000;
  return seconds <= 0 ? 'now' : `in ${age(0, seconds)}`;
}
