import { release, LOCK_USAGE } from '../quotas';

/**
 * $1 operation, $2 fence, $3 instance, $4 failure, $5 status or null, $6 reason, $7 id for a clean-up, $8 metric or
 * null, $9 whether it is a creation.
 */
export const FAIL_ACTION = `
  WITH old AS (
    SELECT id, status, tenant_id, driver, counted AND $9::boolean AS counted FROM instances
    WHERE id = $3 FOR UPDATE
  ), ${LOCK_USAGE}, settled AS (
    UPDATE operations o
    SET status = 'failed', error = $4::jsonb, finished_at = now(), lease_owner = NULL
    FROM old, ledger WHERE o.id = $1 AND o.fence = $2 AND o.status = 'running'
    RETURNING o.id, o.type, o.attachment_id, o.request_id, o.traceparent, o.actor
  ), undone AS (
    UPDATE attachments a SET state = 'undoing' FROM settled
    WHERE a.instance_id = $3 AND (settled.type = 'create'
      OR settled.type = 'attach' AND a.id = settled.attachment_id AND a.state = 'planned')
    RETURNING a.id
  ), moved AS (
    UPDATE instances i
    SET status = coalesce($5::text, i.status), counted = i.counted AND NOT old.counted,
      handle = CASE WHEN $5::text = 'stopped' THEN i.handle - 'ports' ELSE i.handle END, version = version + 1, updated_at = now(),
      status_reason = CASE WHEN $5::text IS NULL THEN i.status_reason ELSE $6::text END
    FROM old, settled WHERE i.id = old.id
    RETURNING i.id, i.version, i.tenant_id, i.type, i.flavor, old.status AS from_status, i.status,
      settled.id AS operation_id, settled.type AS verb, request_id, traceparent, actor,
      old.counted, i.driver, i.vcpus, i.ram_gb, i.disk_gb, i.gpus
  ), ${release('moved')}, cleanup AS (
    INSERT INTO operations (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, driver)
    SELECT $7, tenant_id, id, 'cleanup', 'pending', request_id, traceparent, actor, driver FROM moved
    WHERE EXISTS (SELECT FROM undone) OR EXISTS (
      SELECT FROM attachments WHERE instance_id = $3 AND state IN ('undoing', 'releasing')
    ) AND NOT EXISTS (
      SELECT FROM operations
      WHERE instance_id = $3 AND type = 'cleanup' AND status IN ('pending', 'running')
    )
  ), counted AS (
    INSERT INTO outbox (instance_id, tenant_id, name, type, flavor)
    SELECT id, tenant_id, $8::text, type, flavor FROM moved WHERE $8::text IS NOT NULL
  )
  INSERT INTO instance_events
    (instance_id, version, tenant_id, type, from_status, to_status, reason, request_id, operation_id, actor)
  SELECT id, version, tenant_id, verb || '.failed', from_status, status, $6::text, request_id, operation_id, actor
  FROM moved RETURNING 1`;
