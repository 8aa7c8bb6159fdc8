import { type Command, Option } from 'commander';
import type { Webhook } from 'uim-compute-client';
import { collect } from '../arguments';
import { UsageError } from '../failures';
import { readFileOf } from '../guest';
import { shortId } from '../instance-columns';
import { printFields } from '../output/result';
import { time } from '../output/time';
import { findWebhook } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';
import { deliveriesCommand, redeliverCommand } from './webhook-deliveries';

interface CreateOptions {
  readonly type: string[];
  readonly secretFile?: string;
}

interface UpdateOptions {
  readonly target?: string;
  readonly type?: string[];
  readonly secretFile?: string;
  readonly enable?: boolean;
  readonly disable?: boolean;
}

const TYPE = 'type of events, such as create.succeeded, create.* or *; repeatable';
const SECRET = 'file with the secret';

export function webhooksCommand(context: CommandContext): Command {
  const examples = [
    ['webhooks', 'Show all webhooks'],
    ["webhooks create https://hooks.example.com/ --type '*'", 'Send all events to a URL'],
    ['webhooks deliveries 2e8b9a11 --status dead', 'Show the events that were not delivered'],
  ] as const;
  const summary = 'list the URLs that receive events, or change them';
  const command = define({ name: 'webhooks', summary, examples }).alias('webhook');
  command.addCommand(listCommand(context), { isDefault: true });
  command.addCommand(getCommand(context));
  command.addCommand(createCommand(context));
  command.addCommand(updateCommand(context));
  command.addCommand(deleteCommand(context));
  command.addCommand(deliveriesCommand(context));
  command.addCommand(redeliverCommand(context));
  return command;
}

function listCommand(context: CommandContext): Command {
  return define({
    name: 'list',
    summary: 'list webhooks (default)',
    examples: [['webhooks list -o wide', 'Show all types of events and full IDs']],
  }).action(async (_: object, self: Command) => {
    const session = sessionOf(self, context);
    const webhooks = await session.client.webhooks.list({ signal: session.signal });
    await print(session, webhooks, { webhooks });
  });
}

function getCommand(context: CommandContext): Command {
  return define({
    name: 'get',
    summary: 'show a webhook',
    examples: [['webhooks get 2e8b9a11', 'Show why a webhook is disabled']],
  })
    .argument('<webhook>')
    .action(async (text: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findWebhook(client, text, signal);
      await printDetails(session, await client.webhooks.get(id, { signal }));
    });
}

function createCommand(context: CommandContext): Command {
  const examples = [
    ["webhooks create https://hooks.example.com/ --type 'delete.*'", 'Send events of deletions to a URL'],
  ] as const;
  return define({ name: 'create', summary: 'send events to a URL; shows the secret once', examples })
    .argument('<url>')
    .requiredOption('--type <type>', TYPE, collect)
    .option('--secret-file <file>', `${SECRET} (default: the service generates one)`)
    .action(async (url: string, { type, secretFile }: CreateOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const request = { url, types: type, secret: await secretIn(secretFile) };
      await printDetails(session, await client.webhooks.create(request, { signal }));
    });
}

function updateCommand(context: CommandContext): Command {
  const examples = [
    ['webhooks update 2e8b9a11 --enable', 'Deliver what has waited'],
    ['webhooks update 2e8b9a11 --target https://new.example.com/', 'Send the events to another URL'],
  ] as const;
  return define({ name: 'update', summary: 'change a webhook, enable or disable it', examples })
    .argument('<webhook>')
    .option('--target <url>', 'send the events to this URL')
    .option('--type <type>', `${TYPE}; replaces all types`, collect)
    .option('--secret-file <file>', SECRET)
    .addOption(new Option('--enable', 'deliver events').conflicts('disable'))
    .option('--disable', 'let events wait until it is enabled')
    .action(async (text: string, options: UpdateOptions, self: Command) => {
      if (Object.keys(options).length === 0) throw new UsageError('nothing to change, see --help');
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { target, type, secretFile, enable, disable } = options;
      const enabled = disable === true ? false : enable;
      const changes = { url: target, types: type, enabled, secret: await secretIn(secretFile) };
      const { id } = await findWebhook(client, text, signal);
      const webhook = await client.webhooks.update(id, changes, { signal });
      await print(session, [webhook], webhook);
    });
}

function deleteCommand(context: CommandContext): Command {
  return define({
    name: 'delete',
    summary: 'delete a webhook and its deliveries',
    examples: [['webhooks delete 2e8b9a11', 'Send no more events']],
  })
    .argument('<webhook>')
    .action(async (text: string, _: object, self: Command) => {
      const { client, signal } = sessionOf(self, context);
      const { id } = await findWebhook(client, text, signal);
      await client.webhooks.delete(id, { signal });
    });
}

/** Not an option with the secret itself, because other users of the machine can see those. */
async function secretIn(file: string | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : (await readFileOf(file)).trim();
}

async function print(session: Session, webhooks: readonly Webhook[], document: unknown): Promise<void> {
  const columns = [
    { title: 'URL', text: ({ url }: Webhook) => url, isFlexible: true },
    { title: 'TYPES', text: ({ types }: Webhook) => types.join(','), isFlexible: true },
    { title: 'STATUS', text: statusOf },
    { title: 'PENDING', text: ({ pendingDeliveries }: Webhook) => String(pendingDeliveries) },
  ];
  await session.print({
    document,
    rows: webhooks,
    columns: [{ title: 'ID', text: ({ id }) => shortId(id) }, ...columns],
    wide: [{ title: 'ID', text: ({ id }) => id }, ...columns],
    name: ({ id }) => id,
  });
}

function statusOf({ enabled, lagging }: Webhook): string {
  if (!enabled) return 'disabled';
  return lagging ? 'lagging' : 'enabled';
}

/** Prints every member, in a response to a creation also the secret. */
async function printDetails({ terminal, format }: Session, webhook: Webhook): Promise<void> {
  const { types, createdAt, updatedAt, ...plain } = webhook;
  await printFields(terminal, format, {
    document: webhook,
    name: webhook.id,
    fields: [
      ...Object.entries(plain).map(([name, value]) => [name, value === null ? '' : String(value)] as const),
      ['types', types.join(', ')],
      ['createdAt', time(createdAt)],
      ['updatedAt', time(updatedAt)],
    ],
  });
}
