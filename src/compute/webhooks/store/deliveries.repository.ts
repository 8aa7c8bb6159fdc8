import { Injectable } from '@nestjs/common';
import { Database, PageReads, statementName } from '../../../platform/database';
import type { Delivery, DeliveryStatus } from '../webhook';

const MEMBERS = `id, type, resource_id AS "instanceId", status, attempts, response_status AS "responseStatus", error,
  floor(extract(epoch FROM created_at))::int AS "createdAt",
  floor(extract(epoch FROM attempted_at))::int AS "attemptedAt",
  CASE WHEN status = 'pending' THEN floor(extract(epoch FROM due_at))::int END AS "nextAttemptAt"`;

export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
  /** Only deliveries of events with a smaller number. */
  readonly before?: string;
  readonly limit: number;
}

export interface ListedDelivery {
  /** Number of its event; a bigint as text. */
  readonly seq: string;
  readonly delivery: Delivery;
}

/** The deliveries of one tenant's webhooks. */
@Injectable()
export class DeliveriesRepository {
  constructor(
    private readonly database: Database,
    private readonly pages: PageReads,
  ) {}

  /** Newest first. */
  list(tenantId: string, webhookId: string, filter: DeliveryFilter): Promise<readonly ListedDelivery[]> {
    const values: unknown[] = [tenantId, webhookId, filter.limit];
    const conditions = ['webhook_id = $2', 'tenant_id = $1'];
    if (filter.status !== undefined) conditions.push(`status = $${values.push(filter.status)}`);
    if (filter.before !== undefined) conditions.push(`seq < $${values.push(filter.before)}::bigint`);
    const statement = {
      name: statementName('webhook_deliveries', filter),
      text: `
        SELECT d.seq::text, (SELECT to_jsonb(members) FROM (SELECT ${MEMBERS}) AS members) AS delivery
        FROM webhook_deliveries d WHERE ${conditions.join(' AND ')} ORDER BY d.seq DESC LIMIT $3`,
      values,
    };
    return this.pages.run(tenantId, () => this.database.query<ListedDelivery>(statement));
  }

  /** Makes a delivery due, with all its attempts, unless one is in progress. Undefined if the webhook has no such delivery. */
  async redeliver(tenantId: string, webhookId: string, id: string): Promise<Delivery | undefined> {
    const [delivery] = await this.database.query<Delivery>({
      name: 'webhook_redeliver',
      text: `
        UPDATE webhook_deliveries SET status = 'pending', attempts = 0,
          due_at = CASE WHEN claim IS NULL THEN now() ELSE due_at END
        WHERE id = $3 AND webhook_id = $2 AND tenant_id = $1 RETURNING ${MEMBERS}`,
      values: [tenantId, webhookId, id],
    });
    return delivery;
  }
}
