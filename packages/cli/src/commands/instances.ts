import { type Command, Option } from 'commander';
import {
  INSTANCE_ACTIONS,
  INSTANCE_STATUSES,
  type Instance,
  type InstanceAction,
  type UpdateInstance,
  type WaitGoal,
} from 'uim-compute-client';
import { duration, keyValue } from '../arguments';
import { onEachInstance } from '../each-instance';
import { UsageError } from '../failures';
import { printDetails } from '../instance-output';
import { findInstance, type Reference } from '../references';
import { restartPolicy, type GivenRestartPolicy } from '../restart-policy';
import { sessionOf, type CommandContext, type Session } from '../session';
import { waitFor } from '../waiting';
import { withChangeOptions, type ChangeOptions } from './change-options';
import { define } from './define';
import { printDryRuns } from './dry-run';
import { seconds, WAIT_SECONDS } from './values';

export function instanceCommands(context: CommandContext): readonly Command[] {
  return [
    getCommand(context),
    updateCommand(context),
    ...powerCommands(context),
    deleteCommand(context),
    waitCommand(context),
  ];
}

function getCommand(context: CommandContext): Command {
  const examples = [
    ['get web', 'Show the instance named web'],
    ['get web -o yaml', 'Show it as YAML'],
  ] as const;
  return define({ name: 'get', summary: 'show instances', examples })
    .aliases(['show', 'describe'])
    .argument('<instance...>')
    .option('--deleted', 'deleted instances that are retained')
    .action(async (texts: string[], { deleted }: { deleted?: true }, command: Command) => {
      const session = sessionOf(command, context);
      const { client, signal } = session;
      const [text = '', ...others] = texts;
      if (others.length > 0) {
        await onEachInstance(session, texts, ({ id }) => client.get(id, { deleted, signal }), { deleted });
        return;
      }
      const { id } = await findInstance(client, text, signal, { deleted });
      await printDetails(session, await client.get(id, { deleted, signal }));
    });
}

interface UpdateOptions {
  readonly name?: string;
  readonly metadata?: Record<string, string>;
  readonly protect?: boolean;
  readonly autostart?: boolean;
  readonly restart?: GivenRestartPolicy;
}

function updateCommand(context: CommandContext): Command {
  const summary = 'change the name, metadata, protection or restarts of instances';
  const examples = [
    ['update web --name web-1', 'Rename an instance'],
    ['update web db --metadata team=blue --protect', 'Tag and protect two instances'],
    ['update web --metadata team=', 'Remove a metadata pair'],
  ] as const;
  return define({ name: 'update', summary, examples })
    .argument('<instance...>')
    .option('--name <name>', 'new name')
    .option('--metadata <key=value>', 'metadata pair to set, or key= to remove one; repeatable', keyValue)
    .option('--protect', 'enable deletion protection')
    .option('--no-protect', 'disable deletion protection')
    .option('--autostart', 'start them again after their host was restarted')
    .option('--no-autostart', 'leave them stopped after their host was restarted')
    .option('--restart <policy>', 'never, on-failure or on-failure:<n>, at most n in a row', restartPolicy)
    .action(async (texts: string[], options: UpdateOptions, command: Command) => {
      const session = sessionOf(command, context);
      const changes = changesOf(options);
      if (Object.keys(changes).length === 0) throw new UsageError('pass at least one change, see --help');
      await onEachInstance(session, texts, ({ id }) =>
        session.client.update(id, changes, { signal: session.signal }),
      );
    });
}

function changesOf({ name, metadata, protect, autostart, restart }: UpdateOptions): UpdateInstance {
  const pairs = Object.entries(metadata ?? {}).map(([key, value]): [string, string | null] => [
    key,
    value === '' ? null : value,
  ]);
  return {
    ...(name !== undefined && { name }),
    ...(metadata && { metadata: Object.fromEntries(pairs) }),
    ...(protect !== undefined && { deletionProtection: protect }),
    ...(autostart !== undefined && { autostart }),
    ...(restart && { restartPolicy: restart }),
  };
}

interface DeleteOptions extends ChangeOptions {
  readonly force?: boolean;
  readonly retain?: string;
}

const SUMMARIES: Readonly<Record<InstanceAction, string>> = {
  start: 'start stopped instances',
  stop: 'stop running or paused instances',
  restart: 'restart instances',
  pause: 'pause running instances',
  resume: 'resume paused instances',
};

function powerCommands(context: CommandContext): readonly Command[] {
  return INSTANCE_ACTIONS.map(({ name, becomes }) => {
    const examples = [
      [`${name} web db`, `${name.charAt(0).toUpperCase()}${name.slice(1)} two instances`],
      [`${name} web --dry-run`, 'Check whether it would be possible'],
    ] as const;
    return withChangeOptions(define({ name, summary: SUMMARIES[name], examples })).action(
      async (texts: string[], { wait, timeout, dryRun }: ChangeOptions, command: Command) => {
        const session = sessionOf(command, context);
        const { client, signal } = session;
        if (dryRun === true) {
          await printDryRuns(session, texts, ({ id }) => client.dryRun[name](id, { signal }));
          return;
        }
        const deadline = performance.now() + timeout * 1000;
        await onEachInstance(session, texts, async ({ id }) => {
          if (name === 'restart') await stopIfOn(session, id, deadline);
          const instance = await client[name](id, { signal });
          if (wait !== true || instance.status === becomes) return instance;
          return waitFor(session, instance, { goal: becomes, deadline });
        });
      },
    );
  });
}

/** The API restarts stopped instances only. */
async function stopIfOn(session: Session, id: string, deadline: number): Promise<void> {
  const { client, signal } = session;
  const instance = await client.get(id, { signal });
  if (instance.status !== 'running' && instance.status !== 'paused') return;
  const stopped = await client.stop(id, { signal });
  if (stopped.status !== 'stopped') await waitFor(session, stopped, { goal: 'stopped', deadline });
}

function deleteCommand(context: CommandContext): Command {
  const examples = [
    ['delete web db', 'Delete two stopped instances'],
    ['delete web --force --wait', 'Delete an instance even if it runs, and wait until it is gone'],
    ['delete web --retain 24h', 'Power it off, and allow an undelete for a day'],
  ] as const;
  return withChangeOptions(define({ name: 'delete', summary: 'delete instances', examples }).alias('rm'))
    .option('-f, --force', 'delete running instances, without waiting for networks and volumes')
    .option(
      '--retain <time>',
      'allow an undelete for this long, such as 24h or 7d; 0: delete at once',
      duration,
    )
    .action(
      async (texts: string[], { wait, timeout, dryRun, force, retain }: DeleteOptions, command: Command) => {
        const session = sessionOf(command, context);
        const { client, signal } = session;
        const options = { signal, ...(force === true && { force }), retain };
        if (dryRun === true) {
          await printDryRuns(session, texts, ({ id }) => client.dryRun.delete(id, options));
          return;
        }
        const deadline = performance.now() + timeout * 1000;
        await onEachInstance(session, texts, async ({ id }) => {
          const left = await client.delete(id, options);
          return left && wait === true ? waitFor(session, left, { goal: 'deleted', deadline }) : left;
        });
      },
    );
}

function waitCommand(context: CommandContext): Command {
  const examples = [
    ['wait web', 'Wait until an instance runs'],
    ['wait web --for ready', 'Wait until its guest is ready'],
    ['wait web db --for deleted --timeout 60', 'Wait until two instances are gone'],
  ] as const;
  return define({ name: 'wait', summary: 'wait until instances reach a status', examples })
    .argument('<instance...>')
    .addOption(
      new Option('--for <status>', 'what to wait for; settled: no operation is in progress')
        .choices([...INSTANCE_STATUSES, 'deleted', 'settled', 'ready'])
        .default('running'),
    )
    .option('--timeout <seconds>', 'maximum wait', seconds, WAIT_SECONDS)
    .action(async (texts: string[], options: { for: WaitGoal; timeout: number }, command: Command) => {
      const session = sessionOf(command, context);
      const deadline = performance.now() + options.timeout * 1000;
      await onEachInstance(session, texts, (reference: Reference): Promise<Instance | undefined> =>
        waitFor(session, reference, { goal: options.for, deadline }),
      );
    });
}
