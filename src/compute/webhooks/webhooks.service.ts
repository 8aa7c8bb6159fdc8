import { Injectable } from '@nestjs/common';
import { fromKeyToken, toKeyToken } from '../../platform/values/paging';
import { isUuid, newId } from '../../platform/values/uuid';
import { newSecret } from './delivery/signature';
import { TargetRules } from './delivery/target-rules';
import { WebhooksWorker } from './delivery/webhooks.worker';
import { DeliveriesRepository } from './store/deliveries.repository';
import { WebhooksRepository } from './store/webhooks.repository';
import type { Delivery, DeliveryStatus, Webhook, WebhookChanges } from './webhook';
import { DeliveryNotFoundError, TooManyWebhooksError, WebhookNotFoundError } from './webhook.errors';
import { WebhooksConfig } from './webhooks.config';

export interface WebhookRequest {
  readonly url: string;
  readonly types: readonly string[];
  /** Generated if undefined. */
  readonly secret?: string | undefined;
}

export interface DeliveryQuery {
  readonly status?: DeliveryStatus | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly nextPageToken?: string;
}

/** The webhooks of tenants and their deliveries. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly config: WebhooksConfig,
    private readonly rules: TargetRules,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly worker: WebhooksWorker,
  ) {}

  /**
   * Returns the JSON text of the webhook, the only one with its secret.
   * @throws {InsecureUrlError | TargetRefusedError | TooManyWebhooksError}
   */
  async create(
    tenantId: string,
    id: string,
    { url, types, secret = newSecret() }: WebhookRequest,
    keyRecord: string | null,
  ): Promise<string> {
    await this.rules.assertAllowed(url);
    const limit = this.config.perTenant;
    const webhook = { id, url, types, secret };
    const document = await this.webhooks.create(tenantId, { webhook, limit, keyRecord });
    if (document === undefined) throw new TooManyWebhooksError(limit);
    this.worker.lookAt(tenantId);
    return document;
  }

  newId(): string {
    return newId();
  }

  list(tenantId: string): Promise<readonly Webhook[]> {
    return this.webhooks.list(tenantId);
  }

  /** @throws {WebhookNotFoundError} */
  async get(tenantId: string, id: string): Promise<Webhook> {
    return existing(isUuid(id) ? await this.webhooks.find(tenantId, id) : undefined);
  }

  /** @throws {WebhookNotFoundError | InsecureUrlError | TargetRefusedError} */
  async update(tenantId: string, id: string, changes: WebhookChanges): Promise<Webhook> {
    if (!isUuid(id)) throw new WebhookNotFoundError();
    if (changes.url !== undefined) await this.rules.assertAllowed(changes.url);
    const webhook = existing(await this.webhooks.update(tenantId, id, changes));
    if (webhook.enabled) this.worker.lookAt(tenantId);
    return webhook;
  }

  /** @throws {WebhookNotFoundError} */
  async remove(tenantId: string, id: string): Promise<void> {
    if (!isUuid(id) || !(await this.webhooks.remove(tenantId, id))) throw new WebhookNotFoundError();
  }

  /** Newest first. @throws {WebhookNotFoundError | InvalidPageTokenError} */
  async listDeliveries(tenantId: string, id: string, query: DeliveryQuery): Promise<DeliveryPage> {
    const { status, limit, pageToken } = query;
    const before = pageToken === undefined ? undefined : fromKeyToken(pageToken, isKey).slice(1);
    const { id: webhookId } = await this.get(tenantId, id);
    const found = await this.deliveries.list(tenantId, webhookId, {
      ...(status !== undefined && { status }),
      ...(before !== undefined && { before }),
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const deliveries = page.map(({ delivery }) => delivery);
    const last = page.at(-1);
    if (found.length <= limit || !last) return { deliveries };
    return { deliveries, nextPageToken: toKeyToken(`d${last.seq}`) };
  }

  /** @throws {WebhookNotFoundError | DeliveryNotFoundError} */
  async redeliver(tenantId: string, id: string, deliveryId: string): Promise<Delivery> {
    const { id: webhookId } = await this.get(tenantId, id);
    const delivery = isUuid(deliveryId)
      ? await this.deliveries.redeliver(tenantId, webhookId, deliveryId)
      : undefined;
    if (!delivery) throw new DeliveryNotFoundError();
    this.worker.lookAt(tenantId);
    return delivery;
  }
}

function existing(webhook: Webhook | undefined): Webhook {
  if (!webhook) throw new WebhookNotFoundError();
  return webhook;
}

/** Whether the key of a page token is the number of an event: `d` and a bigint. */
function isKey(value: string): boolean {
  return /^d(0|[1-9]\d{0,17})$/.test(value);
}
