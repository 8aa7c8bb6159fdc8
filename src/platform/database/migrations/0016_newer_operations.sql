-- Replicas of version 1.0 claim operations without looking at their type. They do not see those that they cannot run.
CREATE OR REPLACE VIEW operations AS
SELECT id, tenant_id, resource_id AS instance_id, type, status, attempts, error, request_id, traceparent, due_at, fence,
  lease_owner, created_at, started_at, finished_at, actor, progress, host_id AS driver, spent_ms,
  (args ->> 'attachmentId')::uuid AS attachment_id, coalesce((args ->> 'force')::boolean, false) AS forced
FROM resource_operations
WHERE resource_type = 'instance'
  AND type IN ('create', 'start', 'stop', 'restart', 'delete', 'attach', 'detach', 'cleanup');
