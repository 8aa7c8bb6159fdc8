/** Pending deliveries of a webhook at which its position in the events waits, which bounds the table. */
export const MAX_PENDING = 1000;

/** SQL that counts the pending deliveries of a webhook, as `pending.count`. Counts no more than `MAX_PENDING`. */
export function countPending(webhookId: string): string {
  return `LATERAL (
    SELECT count(*)::int AS count FROM (
      SELECT FROM webhook_deliveries WHERE webhook_id = ${webhookId} AND status = 'pending' LIMIT ${MAX_PENDING}
    ) AS first
  ) AS pending`;
}
