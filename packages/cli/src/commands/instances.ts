import { Command, Option } from 'commander';
import { unwrap, type Instance, type InstanceStatus, type UpdateInstance } from 'uim-compute-client';
import { keyValue, wholeNumber } from '../arguments';
import { resultOf } from '../result';
import { UsageError } from '../failures';
import { printDetails, printInstance, printInstances } from '../printing';
import { sessionOf, type Session, type CommandContext } from '../session';
import { waitFor } from '../waiting';

const STATUSES = ['creating', 'running', 'stopped', 'restarting', 'error'] as const;
const PAGE = 1000;
const DELETE_SECONDS = 300;

interface ListOptions {
  readonly status?: InstanceStatus;
  readonly type?: Instance['type'];
  readonly flavor?: string;
  readonly name?: string;
  readonly limit?: number;
}

interface DeleteOptions {
  readonly force?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

export function instanceCommands(context: CommandContext): readonly Command[] {
  return [
    listCommand(context),
    getCommand(context),
    updateCommand(context),
    ...powerCommands(context),
    deleteCommand(context),
  ];
}

function listCommand(context: CommandContext): Command {
  return new Command('list')
    .alias('ls')
    .description('list instances, newest first')
    .addOption(new Option('--status <status>', 'only instances in this status').choices(STATUSES))
    .addOption(new Option('--type <type>', 'only instances of this type').choices(['vm', 'container']))
    .option('--flavor <name>', 'only instances of this flavor')
    .option('--name <name>', 'only instances with exactly this name')
    .option('--limit <n>', 'maximum number (default: all)', wholeNumber(1, 1_000_000))
    .action(async (options: ListOptions, command: Command) => {
      const session = sessionOf(command, context);
      const instances = await listAll(session, options);
      if (session.isJson) session.terminal.json({ instances });
      else printInstances(session, instances);
    });
}

async function listAll(
  { client }: Session,
  { limit = Infinity, ...filter }: ListOptions,
): Promise<Instance[]> {
  const instances: Instance[] = [];
  let pageToken: string | undefined;
  do {
    const query = {
      ...filter,
      limit: Math.min(limit - instances.length, PAGE),
      ...(pageToken !== undefined && { pageToken }),
    };
    const page = await unwrap(client.GET('/api/v1/compute/instances', { params: { query } }));
    instances.push(...page.instances);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined && instances.length < limit);
  return instances;
}

function getCommand(context: CommandContext): Command {
  return new Command('get')
    .description('show one instance')
    .argument('<id>')
    .action(async (id: string, _: object, command: Command) => {
      const session = sessionOf(command, context);
      const params = { path: { id } };
      printDetails(session, await unwrap(session.client.GET('/api/v1/compute/instances/{id}', { params })));
    });
}

interface UpdateOptions {
  readonly name?: string;
  readonly metadata?: Record<string, string>;
  readonly protect?: boolean;
}

function updateCommand(context: CommandContext): Command {
  return new Command('update')
    .description('change the name, metadata or deletion protection of an instance')
    .argument('<id>')
    .option('--name <name>', 'new name')
    .option('--metadata <key=value>', 'metadata pair to set, or key= to remove one; repeatable', keyValue)
    .option('--protect', 'enable deletion protection')
    .option('--no-protect', 'disable deletion protection')
    .action(async (id: string, options: UpdateOptions, command: Command) => {
      const session = sessionOf(command, context);
      const body = changesOf(options);
      if (Object.keys(body).length === 0) throw new UsageError('pass at least one change, see --help');
      const params = { path: { id } };
      printInstance(
        session,
        await unwrap(session.client.PATCH('/api/v1/compute/instances/{id}', { params, body })),
      );
    });
}

function changesOf({ name, metadata, protect }: UpdateOptions): UpdateInstance {
  const pairs = Object.entries(metadata ?? {}).map(([key, value]): [string, string | null] => [
    key,
    value === '' ? null : value,
  ]);
  return {
    ...(name !== undefined && { name }),
    ...(metadata && { metadata: Object.fromEntries(pairs) }),
    ...(protect !== undefined && { deletionProtection: protect }),
  };
}

const POWER = {
  stop: 'stop a running instance',
  start: 'start a stopped instance',
  restart: 'restart a stopped instance',
} as const;

function powerCommands(context: CommandContext): readonly Command[] {
  const verbs = ['stop', 'start', 'restart'] as const;
  return verbs.map((verb) =>
    new Command(verb)
      .description(POWER[verb])
      .argument('<id>')
      .option('--wait', 'wait until it is done, even if the engine takes long')
      .option('--timeout <seconds>', 'maximum wait', wholeNumber(1, 86_400), DELETE_SECONDS)
      .action(async (id: string, { wait, timeout }: DeleteOptions, command: Command) => {
        const session = sessionOf(command, context);
        const deadline = performance.now() + timeout * 1000;
        const params = { path: { id } };
        const instance = resultOf(
          await unwrap(session.client.POST(`/api/v1/compute/instances/{id}/${verb}`, { params })),
        );
        const status = verb === 'stop' ? 'stopped' : 'running';
        const isDone = wait !== true || instance.status === status;
        const { name } = instance;
        const after = isDone ? instance : await waitFor(session, { id, name, status, deadline });
        printInstance(session, after ?? instance);
      }),
  );
}

function deleteCommand(context: CommandContext): Command {
  return new Command('delete')
    .alias('rm')
    .description('delete an instance')
    .argument('<id>')
    .option('--force', 'delete a running instance, without waiting for networks and volumes')
    .option('--wait', 'wait until it is deleted, even if that takes long')
    .option('--timeout <seconds>', 'maximum wait', wholeNumber(1, 86_400), DELETE_SECONDS)
    .action(async (id: string, { force, wait, timeout }: DeleteOptions, command: Command) => {
      const session = sessionOf(command, context);
      const deadline = performance.now() + timeout * 1000;
      const params = { path: { id }, ...(force === true && { query: { force: true } }) };
      const answer = await unwrap(session.client.DELETE('/api/v1/compute/instances/{id}', { params }));
      if (answer === undefined) return;
      const left = resultOf(answer);
      if (wait === true) await waitFor(session, { id, name: left.name, status: 'deleted', deadline });
      else printInstance(session, left);
    });
}
