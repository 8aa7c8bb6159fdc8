import { Injectable } from '@nestjs/common';
import { recordKey } from '../../../access/idempotency';
import { Database } from '../../../platform/database';
import type { NewWebhook, Webhook, WebhookChanges } from '../webhook';
import { countPending, MAX_PENDING } from './pending.sql';

/** Members of a `Webhook`, from a row `w` and its count `pending`. */
const MEMBERS = `w.id, w.url, w.types, w.enabled, w.disabled_reason AS "disabledReason",
  pending.count AS "pendingDeliveries", pending.count >= ${MAX_PENDING} AS lagging,
  floor(extract(epoch FROM w.created_at))::int AS "createdAt",
  floor(extract(epoch FROM w.updated_at))::int AS "updatedAt"`;

export interface Creation {
  readonly webhook: NewWebhook;
  /** Maximum number of webhooks of the tenant. */
  readonly limit: number;
  /** See `toKeyRecord`; null if the request has no key. */
  readonly keyRecord: string | null;
}

/** The webhooks of one tenant. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly database: Database) {}

  /** Returns the JSON text of the webhook with its secret; undefined if the tenant has too many. */
  async create(tenantId: string, { webhook, limit, keyRecord }: Creation): Promise<string | undefined> {
    const [made] = await this.database.query<{ document: string }>({
      name: 'webhook_create',
      text: `
        WITH made AS (
          INSERT INTO webhooks (id, tenant_id, url, types, secret)
          SELECT $2, $1, $3, $4::text[], $5
          WHERE lock_and_count_webhooks($1) < $6
          RETURNING *
        ), answered AS (
          SELECT w.tenant_id, w.id, NULL::integer AS version, (
            SELECT row_to_json(members)::text FROM (SELECT ${MEMBERS}, w.secret) AS members
          ) AS document
          FROM made w, (SELECT 0 AS count) AS pending
        ), key_record AS (${recordKey('answered', '$7::jsonb')})
        SELECT document FROM answered`,
      values: [tenantId, webhook.id, webhook.url, webhook.types, webhook.secret, limit, keyRecord],
    });
    return made?.document;
  }

  /** In order of creation. */
  list(tenantId: string): Promise<readonly Webhook[]> {
    return this.database.query<Webhook>({
      name: 'webhooks',
      text: `
        SELECT ${MEMBERS} FROM webhooks w, ${countPending('w.id')}
        WHERE w.tenant_id = $1 AND w.deleted_at IS NULL ORDER BY w.id`,
      values: [tenantId],
    });
  }

  async find(tenantId: string, id: string): Promise<Webhook | undefined> {
    const [webhook] = await this.database.query<Webhook>({
      name: 'webhook_find',
      text: `
        SELECT ${MEMBERS} FROM webhooks w, ${countPending('w.id')}
        WHERE w.tenant_id = $1 AND w.id = $2 AND w.deleted_at IS NULL`,
      values: [tenantId, id],
    });
    return webhook;
  }

  /** Enabling a webhook makes its waiting deliveries due. Undefined if the tenant has no such webhook. */
  async update(tenantId: string, id: string, changes: WebhookChanges): Promise<Webhook | undefined> {
    const { url, types, enabled, secret } = changes;
    const [webhook] = await this.database.query<Webhook>({
      name: 'webhook_update',
      text: `
        WITH changed AS (
          UPDATE webhooks SET url = coalesce($3, url), types = coalesce($4::text[], types),
            enabled = coalesce($5, enabled), disabled_reason = CASE WHEN $5 IS NULL THEN disabled_reason END,
            secret = coalesce($6, secret), updated_at = now()
          WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING *
        ), hurried AS (
          UPDATE webhook_deliveries d SET due_at = now() FROM changed
          WHERE $5 AND d.webhook_id = changed.id AND d.status = 'pending' AND d.claim IS NULL
        )
        SELECT ${MEMBERS} FROM changed w, ${countPending('w.id')}`,
      values: [tenantId, id, url ?? null, types ?? null, enabled ?? null, secret ?? null],
    });
    return webhook;
  }

  /** Hides the webhook; the sweep removes it with its deliveries. False if the tenant has no such webhook. */
  async remove(tenantId: string, id: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'webhook_remove',
      text: `
        UPDATE webhooks SET deleted_at = now(), enabled = false, secret = ''
        WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL RETURNING 1`,
      values: [tenantId, id],
    });
    return rows.length > 0;
  }
}
