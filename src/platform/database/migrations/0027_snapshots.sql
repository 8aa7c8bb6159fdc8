-- Snapshots of instances. They outlive their instance, and the engine needs nothing of it for them.
CREATE TABLE snapshots (
  -- Version 7 UUID: id order is creation order.
  id                  uuid PRIMARY KEY,
  tenant_id           text NOT NULL,
  instance_id         uuid NOT NULL,
  name                text NOT NULL,
  status              text NOT NULL,
  -- Why it is in `error`, or what it is waiting for.
  status_reason       text,
  metadata            jsonb NOT NULL,
  include_memory      boolean NOT NULL,
  quiesce             boolean NOT NULL,
  -- Of the instance when it was taken.
  type                text NOT NULL,
  flavor              text NOT NULL,
  vcpus               integer NOT NULL,
  ram_gb              integer NOT NULL,
  disk_gb             integer NOT NULL,
  gpus                integer NOT NULL,
  image_id            text NOT NULL,
  -- Volumes that were attached: their data is not in the snapshot.
  excluded_volume_ids text[] NOT NULL,
  -- Space at the engine; null if it does not report it.
  size_bytes          bigint,
  -- What it uses of the quota `snapshotGB`.
  snapshot_gb         integer NOT NULL,
  -- Whether it uses the quota `snapshotGB`; one that could not be taken no longer does.
  counted             boolean NOT NULL DEFAULT true,
  -- The backend and the host that have it.
  driver              text NOT NULL,
  host_id             text NOT NULL,
  -- Of the driver; null until it is taken.
  handle              jsonb,
  -- Number of restores and creations that were begun from it. A deletion is refused if one began since it was decided.
  uses                integer NOT NULL DEFAULT 0,
  expires_at          timestamptz,
  -- When its schedule was due; null if a request asked for it.
  scheduled_for       timestamptz,
  -- Whether the retention of its schedule has yet to be applied after it.
  retention_due       boolean NOT NULL DEFAULT false,
  created_at          timestamptz NOT NULL DEFAULT now(),
  updated_at          timestamptz NOT NULL DEFAULT now(),
  version             integer NOT NULL DEFAULT 1
);

CREATE INDEX snapshots_list ON snapshots (tenant_id, id DESC);
CREATE INDEX snapshots_name ON snapshots (tenant_id, name, id DESC);
CREATE INDEX snapshots_status ON snapshots (tenant_id, status, id DESC);
CREATE INDEX snapshots_instance ON snapshots (instance_id, id DESC);
CREATE INDEX snapshots_expiry ON snapshots (expires_at)
  WHERE expires_at IS NOT NULL AND status IN ('available', 'error');
CREATE INDEX snapshots_retention ON snapshots (instance_id) WHERE retention_due;

CREATE FUNCTION snapshot_document(
  id uuid, tenant_id text, instance_id uuid, name text, status text, status_reason text, metadata jsonb,
  include_memory boolean, quiesce boolean, type text, flavor text, vcpus integer, ram_gb integer, disk_gb integer,
  gpus integer, image_id text, excluded_volume_ids text[], size_bytes bigint, expires_at timestamptz,
  scheduled_for timestamptz, created_at timestamptz, updated_at timestamptz, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(snapshot)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", instance_id AS "instanceId", status, status_reason AS "statusReason",
      type, flavor, vcpus, ram_gb AS "ramGB", disk_gb AS "diskGB", gpus, image_id AS "imageId",
      include_memory AS "includeMemory", quiesce, size_bytes AS "sizeBytes",
      excluded_volume_ids AS "excludedVolumeIds", metadata,
      -- Does not depend on the locale or the time zone of the session.
      to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt",
      to_char(scheduled_for AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "scheduledFor",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt", version
  ) AS snapshot
$$;

ALTER TABLE snapshots ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (snapshot_document(
  id, tenant_id, instance_id, name, status, status_reason, metadata, include_memory, quiesce, type, flavor, vcpus,
  ram_gb, disk_gb, gpus, image_id, excluded_volume_ids, size_bytes, expires_at, scheduled_for, created_at, updated_at, version
)) STORED;

SELECT share_rights('snapshots');

-- When snapshots of an instance are taken without a request, and which of them are kept.
CREATE TABLE snapshot_schedules (
  instance_id   uuid PRIMARY KEY REFERENCES instances ON DELETE CASCADE,
  tenant_id     text NOT NULL,
  cron          text NOT NULL,
  time_zone     text NOT NULL,
  keep_last     integer NOT NULL,
  keep_daily    integer NOT NULL,
  keep_weekly   integer NOT NULL,
  next_at       timestamptz NOT NULL,
  -- Until when one replica is at work on it.
  claimed_until timestamptz,
  -- When a snapshot was last begun.
  last_at       timestamptz,
  -- Why none was begun since.
  last_error    text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX snapshot_schedules_due ON snapshot_schedules (next_at);

SELECT share_rights('snapshot_schedules');

-- The open operations that use a snapshot.
CREATE INDEX resource_operations_snapshot ON resource_operations ((args ->> 'snapshotId'))
  WHERE status IN ('pending', 'running') AND args ? 'snapshotId';

ALTER TABLE quotas ADD COLUMN snapshots integer, ADD COLUMN snapshot_gb integer;
-- Sums over the snapshots of the tenant.
ALTER TABLE quota_usage
  ADD COLUMN snapshots bigint NOT NULL DEFAULT 0,
  ADD COLUMN snapshot_gb bigint NOT NULL DEFAULT 0;
