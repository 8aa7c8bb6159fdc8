import { type Command, Option } from 'commander';
import type { ChangeOptions, CreateInstance, Instance } from 'uim-compute-client';
import { cidr, collect, keyValue, wholeNumber } from '../arguments';
import { mapConcurrently } from '../each-instance';
import { UsageError } from '../failures';
import { guestOf, port, type GuestOptions } from '../guest';
import { printInstances } from '../instance-output';
import { readiness, type GivenReadiness } from '../readiness';
import { restartPolicy, type GivenRestartPolicy } from '../restart-policy';
import { sessionOf, type CommandContext, type Session } from '../session';
import { waitFor } from '../waiting';
import { define } from './define';
import { printDryRunResults } from './dry-run';
import { findSnapshot } from './snapshots';
import { seconds, TYPES, WAIT_SECONDS } from './values';

interface CreateOptions extends GuestOptions {
  readonly flavor: string;
  readonly image?: string;
  readonly snapshot?: string;
  readonly resume?: true;
  readonly metadata?: Record<string, string>;
  readonly network?: string[];
  readonly newNetwork?: string;
  readonly volume?: string[];
  readonly newVolume?: number;
  readonly count?: number;
  readonly protect?: boolean;
  readonly autostart?: boolean;
  readonly restart?: GivenRestartPolicy;
  readonly ready?: GivenReadiness;
  readonly readyTimeout?: number;
  readonly idempotencyKey?: string;
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
  readonly wait?: boolean;
  readonly timeout: number;
}

const EXAMPLES = [
  ['create web --flavor small --image debian-12 --wait', 'Create a virtual machine, and wait until it runs'],
  ['create web --type container --flavor small --image nginx --port 80', 'Create a web server'],
  ['create job --type container --flavor small --image alpine -- date', 'Run a command in a container'],
  ['create web --flavor small --count 3 --dry-run', 'Check whether three instances would fit'],
] as const;

export function createCommand(context: CommandContext): Command {
  const command = define({ name: 'create', summary: 'create one or several instances', examples: EXAMPLES })
    .argument('<name>')
    .argument('[command...]', 'command that a container runs, after --')
    .requiredOption('--flavor <flavor>', 'flavor, see: uim-compute flavors')
    .addOption(new Option('--type <type>', 'instance type (default: vm)').choices(TYPES))
    .option('--image <image>', 'image, see: uim-compute images')
    .option('--snapshot <snapshot>', 'snapshot to create it from, instead of an image')
    .option('--resume', 'go on from the memory in the snapshot instead of booting')
    .option('--metadata <key=value>', 'metadata pair; repeatable', keyValue);
  return withGuestOptions(withResourceOptions(command))
    .option('--count <n>', 'how many; the names get the suffixes -1, -2, …', wholeNumber(1, 100))
    .option('--protect', 'enable deletion protection')
    .option('--autostart', 'start it again after its host was restarted')
    .option(
      '--restart <policy>',
      'never (default), on-failure or on-failure:<n>, at most n in a row',
      restartPolicy,
    )
    .option(
      '--ready <probe>',
      'when the guest is ready: port:80, http:80/path, serial:<text> or exec:<words>',
      readiness,
    )
    .option('--ready-timeout <seconds>', 'time for becoming ready (default: 300)', wholeNumber(1, 3600))
    .option('--idempotency-key <key>', 'the same key creates nothing twice within a day')
    .option('--dry-run', 'check whether it would be possible, and create nothing')
    .option('-q, --quiet', 'print only IDs')
    .option('--wait', 'wait until the instance is running, with --ready until it is ready')
    .option('--timeout <seconds>', 'maximum wait', seconds, WAIT_SECONDS)
    .action(async (name: string, words: string[], options: CreateOptions, self: Command) => {
      const session = sessionOf(self, context);
      const source = await sourceOf(session, options);
      const typed = { ...options, ...(source.type && { type: source.type }) };
      if (words.length > 0 && typed.type !== 'container') throw new UsageError(unexpected(words));
      const request = { ...requestOf(name, typed), ...(await guestOf(words, typed)), ...source };
      if (options.dryRun === true) await dryRun(session, request, options);
      else await create(session, request, options);
    });
}

/** The type is that of the snapshot. */
async function sourceOf(
  session: Session,
  { snapshot, resume, type }: CreateOptions,
): Promise<Partial<CreateInstance>> {
  if (snapshot === undefined) return resume === true ? { resume } : {};
  const found = await findSnapshot(session, snapshot);
  return { sourceSnapshotId: found.id, type: type ?? found.type, ...(resume === true && { resume }) };
}

function unexpected(words: readonly string[]): string {
  return (
    `unexpected arguments: ${words.join(' ')}. The command of a container follows -- and needs --type container; ` +
    'for several instances, pass --count'
  );
}

function withResourceOptions(command: Command): Command {
  return command
    .option('--network <id>', 'id of a network to attach; repeatable', collect)
    .option('--new-network <cidr>', 'create and attach a network, for example 10.0.0.0/24', cidr)
    .option('--volume <id>', 'id of a volume to attach; repeatable', collect)
    .option('--new-volume <GB>', 'create and attach a volume of this size', wholeNumber(1, 1_000_000));
}

function withGuestOptions(command: Command): Command {
  return command
    .option('--env <key=value>', 'environment variable of a container; repeatable', keyValue)
    .option(
      '--port <port>',
      'port to publish, for example 80, 53/udp or, with the port of the host, 30080:80; repeatable',
      port,
    )
    .option('--user-data <file>', 'file with user data for cloud-init (vm only)')
    .option('--ssh-key <file>', 'file with a public key that may log in to a vm; repeatable', collect);
}

function requestOf(name: string, options: CreateOptions): CreateInstance {
  const { flavor, type, image, metadata, network, newNetwork, volume, newVolume } = options;
  const { protect, autostart, restart, ready, readyTimeout: timeoutSeconds } = options;
  return {
    name,
    flavor,
    ...(type !== undefined && { type }),
    ...(image !== undefined && { imageId: image }),
    ...(metadata && { metadata }),
    ...(network && { networkIds: network }),
    ...(newNetwork !== undefined && { createNetwork: { cidr: newNetwork } }),
    ...(volume && { volumeIds: volume }),
    ...(newVolume !== undefined && { createVolume: { sizeGB: newVolume } }),
    ...(protect === true && { deletionProtection: true }),
    ...(autostart === true && { autostart }),
    ...(restart && { restartPolicy: restart }),
    ...(ready && { readiness: { ...ready, ...(timeoutSeconds !== undefined && { timeoutSeconds }) } }),
  };
}

async function dryRun(session: Session, request: CreateInstance, { count }: CreateOptions): Promise<void> {
  const { client, signal } = session;
  const result = await client.dryRun.create(request, { signal, ...(count !== undefined && { count }) });
  await printDryRunResults(session, [result]);
}

async function create(session: Session, request: CreateInstance, options: CreateOptions): Promise<void> {
  const { client, signal } = session;
  const { count, idempotencyKey, quiet, wait, timeout } = options;
  const deadline = performance.now() + timeout * 1000;
  const change: ChangeOptions = { signal, ...(idempotencyKey !== undefined && { idempotencyKey }) };
  const created =
    count === undefined
      ? await client.create(request, change)
      : await client.createMany({ ...request, count }, change);
  const instances = 'instances' in created ? created.instances : [created];
  const print = async (latest: readonly Instance[], document?: unknown): Promise<void> => {
    if (quiet === true) for (const { id } of latest) session.terminal.print(id);
    else await printInstances(session, latest, document);
  };
  const goal = request.readiness ? 'ready' : 'running';
  if (wait === true) await waitForAll(session, { instances, goal, deadline, print });
  else await print(instances, created);
}

interface Created {
  readonly instances: readonly Instance[];
  readonly goal: 'running' | 'ready';
  readonly deadline: number;
  readonly print: (latest: readonly Instance[]) => Promise<void>;
}

/** Waits until all instances run, and are ready if they have a probe, and prints them; stops at the first that fails. */
async function waitForAll(session: Session, { instances, goal, deadline, print }: Created): Promise<void> {
  const { client, signal } = session;
  const running: Instance[] = [];
  try {
    for (const created of instances) {
      const instance = await waitFor(session, created, { goal, deadline });
      if (instance) running.push(instance);
    }
  } catch (error) {
    // Even after a failed wait, print all instances that were created.
    if (!signal.aborted)
      await print(await mapConcurrently(instances, (each) => client.get(each.id).catch(() => each)));
    throw error;
  }
  await print(running);
}
