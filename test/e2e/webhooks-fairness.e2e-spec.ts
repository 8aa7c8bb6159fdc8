import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';
import { WebhookReceiver } from '../support/webhook-receiver';

const RECEIVERS = 50;
const DEAD = 10;
const EVENTS = 25;

describe('webhooks that do not respond', () => {
  const app = useApp({
    environment: {
      WEBHOOKS_PER_TENANT: String(RECEIVERS),
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      // Longer than the test waits.
      WEBHOOK_TIMEOUT_SECONDS: '60',
    },
  });

  it('do not delay deliveries to others', async () => {
    const tenant = app.as(newTenant());
    const receivers = await Promise.all(Array.from({ length: RECEIVERS }, () => WebhookReceiver.start()));
    for (const [index, receiver] of receivers.entries()) {
      if (index < DEAD) receiver.behave = () => 'hang';
      await tenant.post('/webhooks', { url: receiver.url, types: ['create.requested'] });
    }
    await Promise.all(Array.from({ length: EVENTS }, () => tenant.create()));
    const counts = (): readonly number[] => receivers.slice(DEAD).map(({ received }) => received.length);
    await eventually(() => expect(new Set(counts())).toEqual(new Set([EVENTS])), { withinMs: 60_000 });
    await Promise.all(receivers.map((receiver) => receiver.stop()));
  }, 90_000);
});
