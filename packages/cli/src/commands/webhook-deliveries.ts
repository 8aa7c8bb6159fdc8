import { type Command, Option } from 'commander';
import type { WebhookDelivery } from 'uim-compute-client';
import { wholeNumber } from '../arguments';
import { collected } from '../collected';
import { shortId } from '../instance-columns';
import { age } from '../output/time';
import { findWebhook } from '../references';
import { sessionOf, type CommandContext, type Session } from '../session';
import { define } from './define';

const STATUSES = ['pending', 'succeeded', 'dead'] as const;
const DEFAULT_LIMIT = 50;

interface DeliveryOptions {
  readonly status?: WebhookDelivery['status'];
  readonly limit: number;
}

export function deliveriesCommand(context: CommandContext): Command {
  const examples = [
    ['webhooks deliveries 2e8b9a11 --status dead', 'Show the events that were not delivered'],
  ] as const;
  return define({ name: 'deliveries', summary: 'list deliveries, newest first', examples })
    .argument('<webhook>')
    .addOption(new Option('--status <status>', 'only deliveries in this status').choices(STATUSES))
    .option('--limit <n>', 'maximum number', wholeNumber(1, 1_000_000), DEFAULT_LIMIT)
    .action(async (text: string, { status, limit }: DeliveryOptions, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findWebhook(client, text, signal);
      const deliveries = await collected(client.webhooks.deliveries(id, { status }, { signal }), limit);
      await print(session, deliveries, { deliveries });
    });
}

export function redeliverCommand(context: CommandContext): Command {
  return define({
    name: 'redeliver',
    summary: 'deliver an event again',
    examples: [['webhooks redeliver 2e8b9a11 6a1f0c52-…', 'Repeat a delivery that is dead']],
  })
    .argument('<webhook>')
    .argument('<delivery>', 'id of a delivery')
    .action(async (text: string, deliveryId: string, _: object, self: Command) => {
      const session = sessionOf(self, context);
      const { client, signal } = session;
      const { id } = await findWebhook(client, text, signal);
      const delivery = await client.webhooks.redeliver(id, deliveryId, { signal });
      await print(session, [delivery], delivery);
    });
}

async function print(
  session: Session,
  deliveries: readonly WebhookDelivery[],
  document: unknown,
): Promise<void> {
  await session.print({
    document,
    rows: deliveries,
    columns: [
      { title: 'ID', text: ({ id }) => id },
      { title: 'INSTANCE', text: ({ instanceId }) => shortId(instanceId) },
      { title: 'EVENT', text: ({ type }) => type },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'AGE', text: ({ createdAt }) => age(createdAt) },
      { title: 'DETAIL', text: detailOf, isFlexible: true },
    ],
    wide: [
      { title: 'ID', text: ({ id }) => id },
      { title: 'INSTANCE', text: ({ instanceId }) => instanceId },
      { title: 'EVENT', text: ({ type }) => type },
      { title: 'STATUS', text: ({ status }) => status },
      { title: 'ATTEMPTS', text: ({ attempts }) => String(attempts) },
      { title: 'AGE', text: ({ createdAt }) => age(createdAt) },
      { title: 'DETAIL', text: detailOf },
    ],
    name: ({ id }) => id,
  });
}

/** Why the last attempt failed, or the status of its response. */
function detailOf({ error, responseStatus }: WebhookDelivery): string {
  return error ?? String(responseStatus ?? '-');
}
