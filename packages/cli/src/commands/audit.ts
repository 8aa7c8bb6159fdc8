import type { Command } from 'commander';
import type { AuditFilter } from 'uim-compute-client';
import { moment, wholeNumber } from '../arguments';
import { collected } from '../collected';
import { shortId } from '../instance-columns';
import { time } from '../output/time';
import { sessionOf, type CommandContext } from '../session';
import { define } from './define';

const DEFAULT_LIMIT = 50;

interface AuditOptions {
  readonly ofTenant?: string;
  readonly instance?: string;
  readonly actor?: string;
  readonly request?: string;
  readonly type?: string;
  readonly since?: number;
  readonly until?: number;
  readonly limit: number;
}

export function auditCommand(context: CommandContext): Command {
  const summary = 'search the changes of all tenants, newest first (operators only)';
  const examples = [
    ['audit --of-tenant acme --type delete.requested', 'Show who deleted instances of a tenant'],
    ['audit --since 2026-01-01T08:00:00Z --until 2026-01-01T09:00:00Z', 'Show the changes of an hour'],
  ] as const;
  return define({ name: 'audit', summary, examples })
    .option('--of-tenant <tenant>', 'only changes of instances of this tenant')
    .option('--instance <id>', 'only changes of the instance with this whole id')
    .option('--actor <actor>', 'only changes by this actor, such as operator or tenant:acme')
    .option('--request <id>', 'only changes by the request with this id')
    .option('--type <type>', 'only events of this type, such as delete.requested')
    .option('--since <time>', 'not before this time, in ISO 8601', moment)
    .option('--until <time>', 'not after this time, in ISO 8601', moment)
    .option('--limit <n>', 'maximum number', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(async (options: AuditOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const events = await collected(client.operator.audit(filterOf(options), { signal }), options.limit);
      await session.print({
        document: { events },
        rows: events,
        columns: [
          { title: 'TIME', text: ({ at }) => time(at) },
          { title: 'TENANT', text: ({ tenantId }) => tenantId, isFlexible: true },
          { title: 'INSTANCE', text: ({ instanceId }) => shortId(instanceId) },
          { title: 'EVENT', text: ({ type }) => type },
          { title: 'BY', text: ({ actor }) => actor ?? '-', isFlexible: true },
          { title: 'REASON', text: ({ reason }) => reason ?? '', isFlexible: true },
        ],
        name: ({ instanceId }) => instanceId,
      });
    });
}

function filterOf({ ofTenant, instance, request, actor, type, since, until }: AuditOptions): AuditFilter {
  return { tenantId: ofTenant, instanceId: instance, requestId: request, actor, type, since, until };
}
