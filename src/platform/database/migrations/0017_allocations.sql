-- What an instance holds of its tenant's quota and its host's inventory in addition to its own size, while an operation
-- may give it another size. Deleted with the outcome of the operation. GPUs of an instance never change.
CREATE TABLE allocations (
  instance_id uuid PRIMARY KEY,
  operation_id uuid NOT NULL,
  tenant_id text NOT NULL,
  host_id text NOT NULL,
  -- The flavor that the instance may get.
  flavor text NOT NULL,
  vcpus integer NOT NULL,
  ram_gb integer NOT NULL,
  disk_gb integer NOT NULL
);

-- Gives the roles that use the instances the same rights on a new table: the service may run as another role than the
-- owner of the schema.
CREATE FUNCTION share_rights(added text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT grantee, privilege_type
    FROM information_schema.role_table_grants
    WHERE table_schema = current_schema() AND table_name = 'instances' AND grantee <> current_user
      AND privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
  LOOP
    EXECUTE format('GRANT %s ON %I TO %s', granted.privilege_type, added,
      CASE granted.grantee WHEN 'PUBLIC' THEN 'PUBLIC' ELSE quote_ident(granted.grantee) END);
  END LOOP;
END
$$;

SELECT share_rights('allocations');

-- Removes a flavor if no instance uses it or may get it, otherwise retires it. Each statement in the function sees
-- everything committed before it, including creations and resizes that held the flavor's lock, which the first statement
-- waits for.
CREATE OR REPLACE FUNCTION remove_flavor(flavor_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM flavors WHERE name = flavor_name FOR UPDATE;
  -- By tenant: that is how the index on the flavors of instances begins.
  DELETE FROM flavors WHERE name = flavor_name AND NOT EXISTS (
    SELECT FROM quota_usage u WHERE EXISTS (
      SELECT FROM instances i WHERE i.tenant_id = u.tenant_id AND i.flavor = flavor_name
    )
  ) AND NOT EXISTS (SELECT FROM allocations a WHERE a.flavor = flavor_name);
  UPDATE flavors SET retired_at = now() WHERE name = flavor_name AND retired_at IS NULL;
END
$$;
