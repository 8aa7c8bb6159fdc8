import { given, only } from './given';
import { repeatingIfLost } from './lost-responses';
import { itemsOf, limitOf } from './pages';
import { unwrap } from './problem';
import type { Routes } from './routes';
import type {
  CallOptions,
  ChangeOptions,
  CreatedWebhook,
  CreateWebhook,
  ListOptions,
  UpdateWebhook,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryFilter,
} from './types';

const WEBHOOKS = '/api/v1/compute/webhooks';
const WEBHOOK = `${WEBHOOKS}/{id}` as const;

/** URLs that receive the tenant's events, and the deliveries to them. */
export class WebhookCalls {
  constructor(private readonly routes: Routes) {}

  /**
   * Only its result has the secret that verifies the deliveries. Repeats the request with its idempotency key if the
   * response is lost, like `ComputeClient.create`.
   */
  create(request: CreateWebhook, options: ChangeOptions = {}): Promise<CreatedWebhook> {
    const { idempotencyKey = globalThis.crypto.randomUUID(), signal } = options;
    const params = { header: { 'Idempotency-Key': idempotencyKey } };
    const body = given(request);
    return repeatingIfLost(
      () => unwrap(this.routes.POST(WEBHOOKS, { params, body, ...only(options) })),
      signal,
    );
  }

  /** Oldest first. */
  async list(options: CallOptions = {}): Promise<readonly Webhook[]> {
    return (await unwrap(this.routes.GET(WEBHOOKS, only(options)))).webhooks;
  }

  get(id: string, options: CallOptions = {}): Promise<Webhook> {
    return unwrap(this.routes.GET(WEBHOOK, { params: { path: { id } }, ...only(options) }));
  }

  update(id: string, changes: UpdateWebhook, options: CallOptions = {}): Promise<Webhook> {
    const params = { path: { id } };
    return unwrap(this.routes.PATCH(WEBHOOK, { params, body: given(changes), ...only(options) }));
  }

  async delete(id: string, options: CallOptions = {}): Promise<void> {
    await unwrap(this.routes.DELETE(WEBHOOK, { params: { path: { id } }, ...only(options) }));
  }

  /** Newest first. */
  deliveries(
    id: string,
    filter: WebhookDeliveryFilter = {},
    options: ListOptions = {},
  ): AsyncGenerator<WebhookDelivery, void, undefined> {
    return itemsOf(async (page) => {
      const params = { path: { id }, query: { ...given(filter), ...limitOf(options), ...page } };
      const list = await unwrap(this.routes.GET(`${WEBHOOK}/deliveries`, { params, ...only(options) }));
      return { items: list.deliveries, nextPageToken: list.nextPageToken };
    });
  }

  /** Delivers an event again, with all attempts. */
  redeliver(id: string, deliveryId: string, options: CallOptions = {}): Promise<WebhookDelivery> {
    const params = { path: { id, deliveryId } };
    return unwrap(
      this.routes.POST(`${WEBHOOK}/deliveries/{deliveryId}/redeliver`, { params, ...only(options) }),
    );
  }
}
