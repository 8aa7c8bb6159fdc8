import { DeliveriesRepository } from '../../src/compute/webhooks/store/deliveries.repository';
import {
  DeliveryQueueRepository,
  type Outcome,
} from '../../src/compute/webhooks/store/delivery-queue.repository';
import { WebhooksRepository } from '../../src/compute/webhooks/store/webhooks.repository';
import { newId } from '../../src/platform/values/uuid';
import { callsOf, type StatementCalls } from './statement-calls';

const TENANT = 'tenant-a';

const webhook = { id: newId(), url: 'https://hooks.example.com', types: ['*'], secret: 'whsec_' };
const claimed = { webhookId: webhook.id, seq: '1', claim: newId(), id: newId(), tenantId: TENANT };
const outcome: Outcome = {
  delivery: { ...claimed, ...webhook, attempts: 1, body: '{}' },
  result: 'dead',
  responseStatus: 503,
  error: 'failed',
  delayMs: 1,
  isSlow: true,
  disabledReason: null,
};

export const WEBHOOK_CALLS: readonly StatementCalls[] = [
  callsOf(WebhooksRepository, (repository) => [
    repository.create(TENANT, { webhook, limit: 10, keyRecord: null }),
    repository.list(TENANT),
    repository.find(TENANT, webhook.id),
    repository.update(TENANT, webhook.id, { enabled: true }),
    repository.remove(TENANT, newId()),
  ]),
  callsOf(DeliveriesRepository, (repository) => [
    repository.list(TENANT, webhook.id, { limit: 1 }),
    repository.list(TENANT, webhook.id, { status: 'dead', before: '1', limit: 1 }),
    repository.redeliver(TENANT, webhook.id, claimed.id),
  ]),
  callsOf(DeliveryQueueRepository, (queue) => [
    queue.tenants(),
    queue.takeIn(),
    queue.fanOut([TENANT]),
    queue.claim({
      isSlow: false,
      limit: 1,
      ofTenant: 8,
      ofWebhook: 8,
      busy: [{ webhookId: webhook.id, tenantId: TENANT, count: 1 }],
      leaseMs: 1,
    }),
    queue.settle(outcome),
    queue.statistics(),
    queue.sweep(0),
  ]),
];
