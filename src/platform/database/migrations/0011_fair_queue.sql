-- Claims take turns between tenants, and count against the limit of the driver that does the work.
ALTER TABLE operations
  -- Driver of the instance. Empty if a replica of an older version wrote the row during an upgrade.
  ADD COLUMN driver text NOT NULL DEFAULT '',
  -- Working time used so far, back-off included, in milliseconds. Workers measure it, so that a change of the
  -- database's clock neither uses it up nor extends it. It replaces deadline_at, which older replicas still
  -- read during an upgrade.
  ADD COLUMN spent_ms integer NOT NULL DEFAULT 0;

UPDATE operations o SET driver = i.driver FROM instances i
WHERE i.id = o.instance_id AND o.status IN ('pending', 'running');

-- For claims: due operations of a tenant, those with a waiting request first.
CREATE INDEX operations_ready ON operations
  (driver, tenant_id, (type IN ('create', 'restart', 'cleanup')), due_at) WHERE status = 'pending';
-- For expired leases.
CREATE INDEX operations_leases ON operations (due_at) WHERE status = 'running';
DROP INDEX operations_due;
