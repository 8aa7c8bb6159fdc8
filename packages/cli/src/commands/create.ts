import { setTimeout as delay } from 'node:timers/promises';
import { Command, Option } from 'commander';
import {
  newIdempotencyKey,
  ProblemError,
  unwrap,
  type CreatedInstances,
  type CreateInstance,
  type Instance,
} from 'uim-compute-client';
import { keyValue, collect, wholeNumber } from '../arguments';
import { resultOf } from '../result';
import { isConnectionError } from '../failures';
import { guestOf, port, type GuestOptions } from '../guest';
import { printInstances } from '../printing';
import { sessionOf, type Session, type CommandContext } from '../session';
import { waitFor } from '../waiting';

interface CreateOptions extends GuestOptions {
  readonly flavor: string;
  readonly type?: Instance['type'];
  readonly image?: string;
  readonly metadata?: Record<string, string>;
  readonly network?: string[];
  readonly volume?: string[];
  readonly count?: number;
  readonly protect?: boolean;
  readonly idempotencyKey?: string;
  readonly wait?: boolean;
  readonly timeout: number;
}

const WAIT_SECONDS = 300;
/** Delays before retrying a creation without a response; the idempotency key prevents duplicates. */
const RETRY_MS = [200, 800, 2000];

export function createCommand(context: CommandContext): Command {
  return new Command('create')
    .description('create one or several instances')
    .argument('<name>')
    .argument('[command...]', 'command that a container runs, after --')
    .requiredOption('--flavor <name>', 'flavor, see: uim-compute flavors')
    .addOption(new Option('--type <type>', 'instance type (default: vm)').choices(['vm', 'container']))
    .option('--image <id>', 'image, see: uim-compute images')
    .option('--metadata <key=value>', 'metadata pair; repeatable', keyValue)
    .option('--network <id>', 'id of a network to attach; repeatable', collect)
    .option('--volume <id>', 'id of a volume to attach; repeatable', collect)
    .option('--env <key=value>', 'environment variable of a container; repeatable', keyValue)
    .option('--port <port>', 'port to publish, for example 80 or 53/udp; repeatable', port)
    .option('--user-data <file>', 'file with user data for cloud-init (vm only)')
    .option('--ssh-key <file>', 'file with a public key that may log in to a vm; repeatable', collect)
    .option('--count <n>', 'how many', wholeNumber(1, 100))
    .option('--protect', 'enable deletion protection')
    .option(
      '--idempotency-key <key>',
      'key for safe repetition: the same key creates nothing twice within a day',
    )
    .option('--wait', 'wait until the instance is running')
    .option('--timeout <seconds>', 'maximum wait', wholeNumber(1, 86_400), WAIT_SECONDS)
    .action(async (name: string, words: string[], options: CreateOptions, command: Command) => {
      const session = sessionOf(command, context);
      const deadline = performance.now() + options.timeout * 1000;
      const request = { ...requestOf(name, options), ...(await guestOf(words, options)) };
      const created = await send(session, request, options.idempotencyKey);
      const instances = 'instances' in created ? created.instances : [created];
      if (options.wait !== true) print(session, created, instances);
      else await waitForAll(session, instances, deadline);
    });
}

function requestOf(
  name: string,
  { flavor, type, image, metadata, network, volume, count, protect }: CreateOptions,
): CreateInstance {
  return {
    name,
    flavor,
    ...(type !== undefined && { type }),
    ...(image !== undefined && { imageId: image }),
    ...(metadata && { metadata }),
    ...(network && { networkIds: network }),
    ...(volume && { volumeIds: volume }),
    ...(count !== undefined && { count }),
    ...(protect === true && { deletionProtection: true }),
  };
}

async function send(
  { client, signal }: Session,
  body: CreateInstance,
  key = newIdempotencyKey(),
): Promise<Instance | CreatedInstances> {
  const params = { header: { 'Idempotency-Key': key } };
  for (let attempt = 0; ; attempt++) {
    try {
      return resultOf(await unwrap(client.POST('/api/v1/compute/instances', { params, body })));
    } catch (error) {
      const waitMs = RETRY_MS[attempt];
      if (waitMs === undefined || signal.aborted || !isLost(error)) throw error;
      await delay(waitMs, undefined, { signal });
    }
  }
}

/** Whether the outcome is unknown: no response, one from an intermediary, or the first attempt is still in progress. */
function isLost(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return isConnectionError(error);
  return error.retryable && ['idempotency_key_in_use', 'unexpected_answer'].includes(error.code);
}

/** Waits until all instances run and prints them; stops at the first that fails. */
async function waitForAll(session: Session, created: readonly Instance[], deadline: number): Promise<void> {
  const running: Instance[] = [];
  try {
    for (const { id, name } of created) {
      const instance = await waitFor(session, { id, name, status: 'running', deadline });
      if (instance) running.push(instance);
    }
  } catch (error) {
    // Even after a failed wait, print all instances that were created.
    const instances = await Promise.all(created.map((each) => latestOf(session, each)));
    print(session, { instances }, instances);
    throw error;
  }
  const [first] = running;
  if (session.isJson && running.length === 1) session.terminal.json(first);
  else if (session.isJson) session.terminal.json({ instances: running });
  else printInstances(session, running);
}

async function latestOf({ client }: Session, instance: Instance): Promise<Instance> {
  const params = { path: { id: instance.id } };
  return unwrap(client.GET('/api/v1/compute/instances/{id}', { params })).catch(() => instance);
}

function print(session: Session, created: unknown, instances: readonly Instance[]): void {
  if (session.isJson) session.terminal.json(created);
  else printInstances(session, instances);
}
