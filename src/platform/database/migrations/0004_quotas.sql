-- Instance sizes. The first four are built in; operators add others.
CREATE TABLE flavors (
  name        text PRIMARY KEY,
  -- Flavors are listed in creation order.
  position    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  vcpus       integer NOT NULL CHECK (vcpus > 0),
  ram_gb      integer NOT NULL CHECK (ram_gb > 0),
  disk_gb     integer NOT NULL CHECK (disk_gb > 0),
  gpus        integer NOT NULL DEFAULT 0 CHECK (gpus >= 0),
  gpu_model   text CHECK (gpu_model IS NULL OR gpus > 0),
  description text NOT NULL,
  -- Set when the flavor is removed while instances still use it.
  retired_at  timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now()
);

INSERT INTO flavors (name, vcpus, ram_gb, disk_gb, description) VALUES
  ('small', 1, 1, 10, 'Suitable for development and testing'),
  ('medium', 2, 4, 40, 'Suitable for web applications'),
  ('large', 4, 8, 80, 'Suitable for databases'),
  ('xlarge', 8, 16, 160, 'Suitable for big data and analytics');

-- An instance keeps the size it was created with, even if its flavor changes.
ALTER TABLE instances
  ADD COLUMN vcpus integer,
  ADD COLUMN ram_gb integer,
  ADD COLUMN disk_gb integer,
  ADD COLUMN gpus integer,
  -- Whether the instance holds quota and capacity; a failed creation has released them.
  ADD COLUMN counted boolean NOT NULL DEFAULT true;
UPDATE instances i SET vcpus = f.vcpus, ram_gb = f.ram_gb, disk_gb = f.disk_gb, gpus = f.gpus,
  counted = NOT (i.status = 'error' AND EXISTS (
    SELECT FROM operations o WHERE o.instance_id = i.id AND o.type = 'create' AND o.status = 'failed'
  ))
FROM flavors f WHERE f.name = i.flavor;
ALTER TABLE instances
  ALTER COLUMN vcpus SET NOT NULL,
  ALTER COLUMN ram_gb SET NOT NULL,
  ALTER COLUMN disk_gb SET NOT NULL,
  ALTER COLUMN gpus SET NOT NULL;

-- Partial and small: instances that the counts by flavor exclude.
CREATE INDEX instances_uncounted ON instances (tenant_id, flavor) WHERE NOT counted;

-- Limits of a tenant. Null means the configured default, -1 no limit. Rarely written, only by operators.
CREATE TABLE quotas (
  tenant_id  text PRIMARY KEY,
  instances  integer,
  vcpus      integer,
  ram_gb     integer,
  disk_gb    integer,
  gpus       integer,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Usage of a tenant: sums over its counted instances, changed in the same statement as the instances.
-- The fill factor leaves room for heap-only updates.
CREATE TABLE quota_usage (
  tenant_id text PRIMARY KEY,
  instances bigint NOT NULL,
  vcpus     bigint NOT NULL,
  ram_gb    bigint NOT NULL,
  disk_gb   bigint NOT NULL,
  gpus      bigint NOT NULL
) WITH (fillfactor = 50);

INSERT INTO quota_usage
SELECT tenant_id, count(*) FILTER (WHERE counted),
  coalesce(sum(vcpus) FILTER (WHERE counted), 0), coalesce(sum(ram_gb) FILTER (WHERE counted), 0),
  coalesce(sum(disk_gb) FILTER (WHERE counted), 0), coalesce(sum(gpus) FILTER (WHERE counted), 0)
FROM instances GROUP BY tenant_id;

-- Capacity and usage of an engine. A row exists only for a driver with known capacity, so that creates for other
-- drivers do not wait for a row lock. -1 means unlimited.
CREATE TABLE capacities (
  driver        text PRIMARY KEY,
  total_vcpus   bigint NOT NULL,
  total_ram_gb  bigint NOT NULL,
  total_disk_gb bigint NOT NULL,
  total_gpus    bigint NOT NULL,
  instances     bigint NOT NULL,
  vcpus         bigint NOT NULL,
  ram_gb        bigint NOT NULL,
  disk_gb       bigint NOT NULL,
  gpus          bigint NOT NULL
) WITH (fillfactor = 50);

-- A request for zero of a resource always fits, even if usage exceeds the limit.
CREATE FUNCTION fits(used bigint, wish bigint, bound bigint)
  RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT bound < 0 OR wish = 0 OR used + wish <= bound
$$;

-- Removes a flavor if no instance uses it, otherwise retires it. Each statement in the function sees everything
-- committed before it, including creations that held the flavor's lock, which the first statement waits for.
CREATE FUNCTION remove_flavor(flavor_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM flavors WHERE name = flavor_name FOR UPDATE;
  -- By tenant: that is how the index on the flavors of instances begins.
  DELETE FROM flavors WHERE name = flavor_name AND NOT EXISTS (
    SELECT FROM quota_usage u WHERE EXISTS (
      SELECT FROM instances i WHERE i.tenant_id = u.tenant_id AND i.flavor = flavor_name
    )
  );
  UPDATE flavors SET retired_at = now() WHERE name = flavor_name AND retired_at IS NULL;
END
$$;
