-- Operations and events are about resources, of which instances are the first type. Their tables get new names; views
-- with the previous names and columns serve replicas of the previous version, which run beside this one during an
-- upgrade. A later migration drops the views, and the indexes operations_ready_previous and instances_driver.

-- All at the beginning: if one is locked by another transaction, nothing was done in vain.
LOCK TABLE instances, operations, instance_events, capacities, orphans IN ACCESS EXCLUSIVE MODE;

ALTER TABLE operations RENAME TO resource_operations;
ALTER TABLE resource_operations RENAME COLUMN instance_id TO resource_id;
-- The host that does the work. The first host of a driver has its name as id.
ALTER TABLE resource_operations RENAME COLUMN driver TO host_id;
ALTER TABLE resource_operations
  -- A replica only runs the types and argument versions that it knows, so new ones need no migration.
  DROP CONSTRAINT operations_type_check,
  ADD COLUMN resource_type text NOT NULL DEFAULT 'instance',
  -- What the operation needs apart from its resource, as its type defines it.
  ADD COLUMN args jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN args_version smallint NOT NULL DEFAULT 1,
  -- Whether no request waits for it: a tenant's other operations go first.
  ADD COLUMN is_background boolean NOT NULL DEFAULT false;

UPDATE resource_operations
SET args = jsonb_strip_nulls(jsonb_build_object('attachmentId', attachment_id, 'force', nullif(forced, false)))
WHERE attachment_id IS NOT NULL OR forced;
-- Written by version 0.9 or earlier, which did not know the driver.
UPDATE resource_operations
SET host_id = coalesce((SELECT driver FROM instances WHERE id = resource_id), 'simulated')
WHERE host_id = '' AND status IN ('pending', 'running');
UPDATE resource_operations SET is_background = true
WHERE status IN ('pending', 'running') AND type IN ('create', 'restart', 'cleanup');

ALTER TABLE resource_operations
  DROP COLUMN attachment_id,
  DROP COLUMN forced,
  -- Replaced by spent_ms; no supported version reads it.
  DROP COLUMN deadline_at;

ALTER INDEX operations_ready RENAME TO operations_ready_previous;
CREATE INDEX operations_ready ON resource_operations (host_id, tenant_id, is_background, due_at)
  WHERE status = 'pending';

CREATE VIEW operations AS
SELECT id, tenant_id, resource_id AS instance_id, type, status, attempts, error, request_id, traceparent, due_at, fence,
  lease_owner, created_at, started_at, finished_at, actor, progress, host_id AS driver, spent_ms,
  (args ->> 'attachmentId')::uuid AS attachment_id, coalesce((args ->> 'force')::boolean, false) AS forced
FROM resource_operations WHERE resource_type = 'instance';

CREATE FUNCTION insert_operation_of_previous_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO resource_operations
    (id, tenant_id, resource_id, type, status, request_id, traceparent, actor, host_id, due_at, args, is_background)
  VALUES (NEW.id, NEW.tenant_id, NEW.instance_id, NEW.type, NEW.status, NEW.request_id, NEW.traceparent, NEW.actor,
    -- An instance that the same statement inserts is on the first host of its driver.
    coalesce((SELECT host_id FROM instances WHERE id = NEW.instance_id), NEW.driver), coalesce(NEW.due_at, now()),
    jsonb_strip_nulls(jsonb_build_object('attachmentId', NEW.attachment_id, 'force', nullif(NEW.forced, false))),
    NEW.type IN ('create', 'restart', 'cleanup'));
  RETURN NEW;
END
$$;

CREATE TRIGGER insert_of_previous_version INSTEAD OF INSERT ON operations
  FOR EACH ROW EXECUTE FUNCTION insert_operation_of_previous_version();

ALTER TABLE instance_events RENAME TO resource_events;
ALTER TABLE resource_events RENAME COLUMN instance_id TO resource_id;
ALTER TABLE resource_events ADD COLUMN resource_type text NOT NULL DEFAULT 'instance';

CREATE VIEW instance_events AS
SELECT resource_id AS instance_id, version, tenant_id, type, from_status, to_status, reason, request_id, operation_id,
  at, actor, tx, seq
FROM resource_events WHERE resource_type = 'instance';

-- Places where instances run. A backend is a configured endpoint of a driver; so far, each driver has one, with its name
-- as id. The first host of a backend has the id of the backend, which instances of earlier versions are on.
CREATE TABLE hosts (
  id         text PRIMARY KEY,
  backend_id text NOT NULL,
  -- Identifies a machine whose instances only its own replica reaches; null if every replica reaches them.
  machine_id text,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX hosts_machine ON hosts (backend_id, machine_id);

-- The column driver has the id of the backend. Null: written by the previous version, so on the first host.
ALTER TABLE instances
  ADD COLUMN host_id text,
  -- The service alone writes statuses, so a new one needs no migration.
  DROP CONSTRAINT instances_status_check;
CREATE INDEX instances_host ON instances (coalesce(host_id, driver), id);

-- The capacity of a host and what is allocated of it. No row: unlimited, so that creations do not wait for its lock.
ALTER TABLE capacities RENAME TO host_inventory;
ALTER TABLE host_inventory RENAME COLUMN driver TO host_id;
CREATE VIEW capacities AS
SELECT host_id AS driver, total_vcpus, total_ram_gb, total_disk_gb, total_gpus, instances, vcpus, ram_gb, disk_gb, gpus
FROM host_inventory;

-- The host that has it; null: reported by the previous version.
ALTER TABLE orphans ADD COLUMN host_id text;

-- The service may run as another role than the owner of the schema.
DO $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT grantee, privilege_type, added.name
    FROM information_schema.role_table_grants
      JOIN (VALUES ('resource_operations', 'operations'), ('resource_events', 'instance_events'),
        ('host_inventory', 'capacities'), ('host_inventory', 'hosts')) AS added(beside, name)
        ON added.beside = table_name
    WHERE table_schema = current_schema() AND grantee <> current_user
      AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %s ON %I TO %s', granted.privilege_type, granted.name,
      CASE granted.grantee WHEN 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident(granted.grantee) END);
  END LOOP;
END
$$;
