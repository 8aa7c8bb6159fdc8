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
ALTER TABLE instances ADD COLUMN host_id text;
DROP INDEX instances_driver;
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
    SELECT grantee, privilege_type FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'host_inventory'
      AND grantee <> current_user AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %s ON capacities TO %I', granted.privilege_type, granted.grantee);
    EXECUTE format('GRANT %s ON hosts TO %I', granted.privilege_type, granted.grantee);
  END LOOP;
END
$$;
