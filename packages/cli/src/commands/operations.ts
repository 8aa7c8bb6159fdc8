import { type Command, Option } from 'commander';
import type { Operation, OperationFilter } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { collected } from '../collected';
import { shortId } from '../instance-columns';
import { age } from '../output/time';
import { findInstance } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

const STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
const DEFAULT_LIMIT = 50;

interface OperationOptions {
  readonly instance?: string;
  readonly status?: Operation['status'];
  readonly limit: number;
}

export function operationsCommand(context: CommandContext): Command {
  const examples = [
    ['operations --status running', 'Show what is in progress'],
    ['operations --instance web', 'Show the operations of an instance'],
  ] as const;
  return define({ name: 'operations', summary: 'list operations, newest first, or show one', examples })
    .alias('operation')
    .argument('[operation]', 'id of an operation')
    .option('--instance <instance>', 'only operations of this instance')
    .addOption(new Option('--status <status>', 'only operations in this status').choices(STATUSES))
    .option('--limit <n>', 'maximum number', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(async (id: string | undefined, options: OperationOptions, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      if (id === undefined) {
        const operations = await read(session, options);
        await print(session, operations, { operations });
      } else {
        const operation = await client.operation(id, { signal });
        await print(session, [operation], operation);
      }
    });
}

async function read(
  { client, signal }: Session,
  { instance, status, limit }: OperationOptions,
): Promise<readonly Operation[]> {
  const filter: OperationFilter = {
    ...(instance !== undefined && { instanceId: (await findInstance(client, instance, signal)).id }),
    ...(status !== undefined && { status }),
  };
  return collected(client.operations(filter, { signal }), limit);
}

async function print(session: Session, operations: readonly Operation[], document: unknown): Promise<void> {
  await session.print({
    document,
    rows: operations,
    columns: [
      { title: 'ID', text: ({ id }) => id },
      { title: 'INSTANCE', text: ({ instanceId }) => shortId(instanceId) },
      { title: 'TYPE', text: ({ type }) => type },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'AGE', text: ({ createdAt }) => age(createdAt) },
      { title: 'DETAIL', text: ({ progress, error }) => error?.message ?? progress ?? '-', isFlexible: true },
    ],
    wide: [
      { title: 'ID', text: ({ id }) => id },
      { title: 'INSTANCE', text: ({ instanceId }) => instanceId },
      { title: 'SNAPSHOT', text: ({ snapshotId }) => snapshotId ?? '-' },
      { title: 'TYPE', text: ({ type }) => type },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'ATTEMPTS', text: ({ attempts }) => String(attempts) },
      { title: 'AGE', text: ({ createdAt }) => age(createdAt) },
      { title: 'DETAIL', text: ({ progress, error }) => error?.message ?? progress ?? '-' },
    ],
    name: ({ id }) => id,
  });
}
