import { WARM_POOLS } from '../../platform/values/tenant';

/**
 * SQL that queues a metric about each instance of `of` (`id`, `tenant_id`, `type`, `flavor`), for the statement that
 * changes it. `name` is an expression; there is no metric where it is null, or of an instance that
 * no tenant has yet.
 */
export const queueMetric = (of: string, name: string, where = 'true'): string => `
  INSERT INTO outbox (instance_id, tenant_id, name, type, flavor)
  SELECT id, tenant_id, ${name}, type, flavor FROM ${of} WHERE ${name} IS NOT NULL AND tenant_id <> '${WARM_POOLS}' AND ${where}`;
