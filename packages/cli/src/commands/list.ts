import { setTimeout as delay } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  INSTANCE_STATUSES,
  type AllInstancesFilter,
  type Instance,
  type StreamedEvent,
} from 'uim-compute-client';
import { keyValue, wholeNumber } from '../arguments';
import { AutoResetEvent } from '../auto-reset-event';
import { collected } from '../collected';
import {
  COLUMN_NAMES,
  columnsOf,
  defaultColumns,
  INSTANCE_COLUMNS,
  isColumnName,
  type ColumnName,
} from '../instance-columns';
import { UsageError } from '../failures';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';
import { TYPES } from './values';

interface ListOptions {
  readonly status?: Exclude<Instance['status'], 'deleted'>;
  readonly type?: Instance['type'];
  readonly flavor?: string;
  readonly name?: string;
  readonly metadata?: Record<string, string>;
  readonly allTenants?: true;
  readonly deleted?: true;
  readonly columns?: readonly ColumnName[];
  readonly sort?: Sort;
  readonly limit?: number;
  readonly quiet?: boolean;
  /** False with `--no-header`. */
  readonly header: boolean;
  readonly watch?: boolean;
}

interface Sort {
  readonly column: ColumnName;
  readonly isDescending: boolean;
}

const MAX_PAGE = 1000;
const MIN_REFRESH_MS = 500;

const EXAMPLES = [
  ['list', 'Show all instances'],
  ['list --status error -o wide', 'Show more about failed instances'],
  ['list --deleted', 'Show what an undelete can bring back'],
  ['list --metadata role=web --sort name', 'Show instances with a metadata pair, by name'],
  ['list --columns name,status,age --watch', 'Show three columns, and update them on every change'],
  ['delete $(uim-compute list --status stopped -q)', 'Delete all stopped instances'],
] as const;

export function listCommand(context: CommandContext): Command {
  return define({ name: 'list', summary: 'list instances, newest first', examples: EXAMPLES })
    .alias('ls')
    .addOption(new Option('--status <status>', 'only instances in this status').choices(INSTANCE_STATUSES))
    .addOption(new Option('--type <type>', 'only instances of this type').choices(TYPES))
    .option('--flavor <flavor>', 'only instances of this flavor')
    .option('--name <name>', 'only instances with exactly this name')
    .option('--metadata <key=value>', 'only instances with this metadata pair; repeatable', keyValue)
    .option('--deleted', 'deleted instances that are retained')
    .option('-A, --all-tenants', 'instances of all tenants (operators only)')
    .option(
      '--columns <names>',
      `columns to show, separated by commas: ${COLUMN_NAMES.join(', ')}`,
      columnNames,
    )
    .option('--sort <column>', 'sort by this column; -column sorts in descending order', sortOf)
    .option('--limit <n>', 'maximum number (default: all)', wholeNumber(1, 1_000_000))
    .option('-q, --quiet', 'print only IDs')
    .option('--no-header', 'print no column titles')
    .option('-w, --watch', 'update the list on every change until interrupted')
    .action(async (options: ListOptions, command: Command) => {
      const session = sessionOf(command, context);
      if (options.watch === true) await watch(session, options);
      else await show(session, options);
    });
}

async function show(session: Session, options: ListOptions): Promise<void> {
  const instances = await read(session, options);
  await print(session, options, instances);
}

async function print(
  session: Session,
  { columns, quiet, header, allTenants }: ListOptions,
  instances: readonly Instance[],
): Promise<void> {
  if (quiet === true) {
    for (const { id } of instances) session.terminal.print(id);
    return;
  }
  const chosen = columns && columnsOf(columns);
  const isCrossTenant = allTenants === true;
  await session.print({
    document: { instances },
    rows: instances,
    columns: chosen ?? defaultColumns(instances, { isCrossTenant }),
    wide: chosen ?? defaultColumns(instances, { isCrossTenant, isWide: true }),
    name: ({ name }) => name,
    hasTitles: header,
  });
}

async function read({ client, signal }: Session, options: ListOptions): Promise<readonly Instance[]> {
  const { sort, limit = Infinity } = options;
  const pageSize = sort || limit === Infinity ? undefined : Math.min(limit, MAX_PAGE);
  const filter = filterOf(options);
  const list =
    options.allTenants === true
      ? client.operator.instances(filter, { signal, pageSize })
      : client.list(filter, { signal, pageSize });
  // The newest ones suffice unless another order decides which ones come first.
  if (!sort) return collected(list, limit);
  return (await collected(list)).sort(comparing(sort)).slice(0, limit);
}

function filterOf({
  status,
  type,
  flavor,
  name,
  metadata,
  allTenants,
  deleted,
}: ListOptions): AllInstancesFilter {
  return {
    ...(status && { status }),
    ...(type && { type }),
    ...(flavor !== undefined && { flavor }),
    ...(name !== undefined && { name }),
    ...(metadata && { metadata }),
    ...(allTenants === true && { allTenants }),
    ...(deleted === true && { deleted }),
  };
}

/** Prints the list now, and again after changes; those that arrive while it is read are covered by the next one. */
async function watch(session: Session, options: ListOptions): Promise<void> {
  if (options.allTenants === true) throw new UsageError('--watch follows the events of one tenant');
  const { client, terminal, signal } = session;
  const change = new AutoResetEvent();
  // After each connection, because changes may have been missed before.
  const events = client.followEvents({
    signal,
    onOpen: () => {
      terminal.endProgress();
      change.set();
    },
    onLost: () => terminal.progress('connection lost, reconnecting'),
  });
  const following = notify(events, change);
  for (;;) {
    const isEnded = await Promise.race([change.wait(), following]);
    if (isEnded === true) return;
    const instances = await read(session, options);
    terminal.clear();
    await print(session, options, instances);
    // Many changes at once are read together.
    await delay(MIN_REFRESH_MS, undefined, { signal });
  }
}

/** Resolves with true when the stream ends. */
async function notify(events: AsyncGenerator<StreamedEvent>, change: AutoResetEvent): Promise<true> {
  for (let step = await events.next(); step.done !== true; step = await events.next()) change.set();
  return true;
}

function columnNames(text: string): readonly ColumnName[] {
  return text.split(',').map((name) => {
    if (!isColumnName(name)) throw new InvalidArgumentError(`Columns are ${COLUMN_NAMES.join(', ')}.`);
    return name;
  });
}

function sortOf(text: string): Sort {
  const isDescending = text.startsWith('-');
  const [column] = columnNames(isDescending ? text.slice(1) : text);
  if (column === undefined) throw new InvalidArgumentError('Must be a column.');
  return { column, isDescending };
}

function comparing({ column, isDescending }: Sort): (one: Instance, other: Instance) => number {
  const { text, order = text } = { order: undefined, ...INSTANCE_COLUMNS[column] };
  const direction = isDescending ? -1 : 1;
  return (one, other) => {
    const [a, b] = [order(one), order(other)];
    if (a === b) return 0;
    return (a < b ? -1 : 1) * direction;
  };
}
