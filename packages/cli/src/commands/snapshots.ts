import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AllSnapshotsFilter, Snapshot } from 'uim-compute-client';
import { keyValue, wholeNumber } from '../arguments';
import { collected } from '../collected';
import { LIST_SNAPSHOTS, NotFoundError, SnapshotFailedError, UsageError } from '../failures';
import { printInstances } from '../instance-output';
import { findInstance } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { printSnapshot, printSnapshots } from '../snapshot-output';
import { define } from './define';
import { scheduleCommand } from './snapshot-schedules';
import { seconds, WAIT_SECONDS } from './values';

const STATUSES = ['creating', 'available', 'deleting', 'error'] as const;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NEVER = 'never';
const UNITS = { m: 60, h: 3600, d: 86_400 } as const;

interface CreateOptions {
  readonly memory?: boolean;
  readonly quiesce?: boolean;
  readonly metadata?: Record<string, string>;
  readonly expires?: string;
  readonly wait?: boolean;
  readonly timeout: number;
}

interface ListOptions {
  readonly instance?: string;
  readonly status?: Snapshot['status'];
  readonly allTenants?: true;
  readonly limit?: number;
}

interface UpdateOptions {
  readonly name?: string;
  readonly metadata?: Record<string, string>;
  readonly expires?: string;
}

export function snapshotCommand(context: CommandContext): Command {
  const examples = [
    ['snapshot create web before-upgrade', 'Take a snapshot of the disk'],
    ['snapshot restore web before-upgrade', 'Give the instance that disk again'],
    ['create web2 --flavor small --snapshot before-upgrade', 'Create an instance from it'],
  ] as const;
  const summary = 'take, list, restore and delete snapshots of instances';
  const command = define({ name: 'snapshot', summary, examples }).alias('snapshots');
  command.addCommand(listCommand(context), { isDefault: true });
  command.addCommand(createCommand(context));
  command.addCommand(getCommand(context));
  command.addCommand(updateCommand(context));
  command.addCommand(restoreCommand(context));
  command.addCommand(deleteCommand(context));
  command.addCommand(scheduleCommand(context));
  return command;
}

function listCommand(context: CommandContext): Command {
  const examples = [['snapshot list --instance web', 'Show the snapshots of an instance']] as const;
  return define({ name: 'list', summary: 'list snapshots, newest first (default)', examples })
    .option('--instance <instance>', 'only snapshots of this instance')
    .addOption(new Option('--status <status>', 'only snapshots in this status').choices(STATUSES))
    .option('-A, --all-tenants', 'snapshots of all tenants (operators only)')
    .option('--limit <n>', 'maximum number (default: all)', wholeNumber(1, 1_000_000))
    .action(async (options: ListOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { instance, status, allTenants, limit } = options;
      const filter: AllSnapshotsFilter = {
        ...(instance !== undefined && { instanceId: (await findInstance(client, instance, signal)).id }),
        ...(status && { status }),
        ...(allTenants && { allTenants }),
      };
      const snapshots = await collected(client.snapshots.list(filter, { signal }), limit);
      await printSnapshots(session, snapshots, { snapshots });
    });
}

function createCommand(context: CommandContext): Command {
  const examples = [
    ['snapshot create web before-upgrade --wait', 'Take a snapshot, and wait until it is available'],
    ['snapshot create web nightly --quiesce --expires 7d', 'Without half-written files, for a week'],
    ['snapshot create web warm --memory', 'Also with the memory, to go on from there'],
  ] as const;
  return define({ name: 'create', summary: 'take a snapshot of an instance', examples })
    .argument('<instance>')
    .argument('<name>')
    .option('--memory', 'include the memory of the guest')
    .option('--quiesce', 'let the guest write its data to the disk before')
    .option('--metadata <key=value>', 'metadata pair; repeatable', keyValue)
    .option('--expires <when>', 'delete it after 30m, 12h or 7d, or at 2027-01-31T12:00:00Z', expiry)
    .option('--wait', 'wait until it is available')
    .option('--timeout <seconds>', 'maximum wait', seconds, WAIT_SECONDS)
    .action(async (instance: string, name: string, options: CreateOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findInstance(client, instance, signal);
      const { memory, quiesce, metadata, expires, wait } = options;
      const request = { name, includeMemory: memory, quiesce, metadata, expiresAt: expires };
      const taken = await client.snapshots.create(id, request, { signal });
      await printOne(session, wait === true ? await settled(session, taken, options) : taken);
    });
}

function getCommand(context: CommandContext): Command {
  const examples = [['snapshot get before-upgrade', 'Show everything about a snapshot']] as const;
  return define({ name: 'get', summary: 'show a snapshot', examples })
    .argument('<snapshot>')
    .action(async (text: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      await printSnapshot(session, await findSnapshot(session, text));
    });
}

function updateCommand(context: CommandContext): Command {
  const examples = [
    ['snapshot update nightly --expires 30d', 'Keep it for 30 days from now'],
    ['snapshot update nightly --expires never', 'Keep it until it is deleted'],
  ] as const;
  return define({ name: 'update', summary: 'change name, metadata or expiry', examples })
    .argument('<snapshot>')
    .option('--name <name>', 'new name')
    .option('--metadata <key=value>', 'metadata pair to set; repeatable', keyValue)
    .option('--expires <when>', 'as for create; or never', (text) => (text === NEVER ? text : expiry(text)))
    .action(async (text: string, options: UpdateOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { name, metadata, expires } = options;
      const expiresAt = expires === NEVER ? null : expires;
      if (Object.keys(options).length === 0) throw new UsageError('pass what to change, see --help');
      const { client, signal } = session;
      const { id } = await findSnapshot(session, text);
      await printOne(session, await client.snapshots.update(id, { name, metadata, expiresAt }, { signal }));
    });
}

function restoreCommand(context: CommandContext): Command {
  const examples = [
    [
      'snapshot restore web before-upgrade',
      'Give an instance the disk of its snapshot; later changes are lost',
    ],
    ['snapshot restore web warm --resume', 'Also with the memory: the guest goes on from there'],
  ] as const;
  return define({ name: 'restore', summary: 'restore an instance from a snapshot', examples })
    .argument('<instance>')
    .argument('<snapshot>')
    .option('--resume', 'go on from the memory in the snapshot instead of booting')
    .action(async (instance: string, text: string, { resume }: { resume?: true }, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findInstance(client, instance, signal);
      const snapshot = await findSnapshot(session, text, { instanceId: id });
      const request = { snapshotId: snapshot.id, resume };
      await printInstances(session, [await client.snapshots.restore(id, request, { signal })]);
    });
}

function deleteCommand(context: CommandContext): Command {
  const examples = [['snapshot delete before-upgrade', 'Delete a snapshot']] as const;
  return define({ name: 'delete', summary: 'delete snapshots', examples })
    .argument('<snapshot...>')
    .action(async (texts: readonly string[], _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      // All are found first, so that a typing error deletes nothing.
      const found: Snapshot[] = [];
      for (const text of texts) found.push(await findSnapshot(session, text));
      const remaining: Snapshot[] = [];
      for (const { id } of found) {
        const snapshot = await client.snapshots.delete(id, { signal });
        if (snapshot) remaining.push(snapshot);
      }
      if (remaining.length > 0) await printSnapshots(session, remaining, { snapshots: remaining });
    });
}

/**
 * Finds a snapshot by its id or its exact name.
 * @throws {UsageError} if several match
 * @throws {NotFoundError} if none matches
 */
export async function findSnapshot(
  { client, signal }: Session,
  text: string,
  filter: AllSnapshotsFilter = {},
): Promise<Snapshot> {
  if (UUID.test(text)) return client.snapshots.get(text, { signal });
  if (text === '') throw new UsageError('a snapshot must be given by its name or ID');
  const [first, second] = await collected(client.snapshots.list({ ...filter, name: text }, { signal }), 2);
  if (!first) throw new NotFoundError(`no snapshot has the name or ID ${text}`, LIST_SNAPSHOTS);
  if (second) throw new UsageError(`several snapshots have the name ${text}; pass an ID`);
  return first;
}

/** @throws {SnapshotFailedError} if it could not be taken */
async function settled(
  { client, signal, context }: Session,
  { id }: Snapshot,
  { timeout }: CreateOptions,
): Promise<Snapshot> {
  context.interruptNote = `The service continues to take it. To look: uim-compute snapshot get ${id}`;
  const snapshot = await client.snapshots.settled(id, { timeoutSeconds: timeout, signal });
  if (!snapshot) throw new NotFoundError(`the snapshot ${id} was deleted`, LIST_SNAPSHOTS);
  if (snapshot.status !== 'available') throw new SnapshotFailedError(snapshot.status, snapshot.statusReason);
  return snapshot;
}

async function printOne(session: Session, snapshot: Snapshot): Promise<void> {
  await printSnapshots(session, [snapshot], snapshot);
}

/** A time, or a duration from now. */
function expiry(text: string): string {
  const [, number, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (number !== undefined && (unit === 'm' || unit === 'h' || unit === 'd')) {
    return new Date(Date.now() + Number(number) * UNITS[unit] * 1000).toISOString();
  }
  const time = Date.parse(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(time))
    throw new InvalidArgumentError('Must be a duration such as 7d, or a time such as 2027-01-31T12:00:00Z.');
  return new Date(time).toISOString();
}
