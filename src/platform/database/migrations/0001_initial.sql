CREATE TABLE schema_migrations (
  version    integer PRIMARY KEY,
  name       text NOT NULL,
  checksum   text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);

-- API representation of an instance. Declared immutable so that a generated column can use it: of the functions
-- it calls, only date formatting depends on settings, and it formats no dates.
CREATE FUNCTION instance_document(
  id uuid, name text, tenant_id text, type text, flavor text, status text, image_id text,
  network_ids text[], volume_ids text[], created_at timestamptz, updated_at timestamptz,
  metadata jsonb, status_reason text, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(instance)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
      network_ids AS "networkIds", volume_ids AS "volumeIds",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt",
      metadata, status_reason AS "statusReason", version
  ) AS instance
$$;

-- Metadata nested in its tenant id, so that one index lookup finds a metadata pair of one tenant.
CREATE FUNCTION tenant_metadata(tenant_id text, metadata jsonb)
  RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT jsonb_build_object(tenant_id, metadata)
$$;

CREATE TABLE instances (
  id            uuid PRIMARY KEY,
  tenant_id     text NOT NULL,
  name          text NOT NULL,
  type          text NOT NULL CHECK (type IN ('vm', 'container')),
  flavor        text NOT NULL,
  image_id      text NOT NULL,
  status        text NOT NULL CHECK (status IN ('creating', 'running', 'stopped', 'restarting', 'error')),
  status_reason text,
  version       integer NOT NULL DEFAULT 1,
  network_ids   text[] NOT NULL DEFAULT '{}',
  volume_ids    text[] NOT NULL DEFAULT '{}',
  metadata      jsonb NOT NULL DEFAULT '{}',
  -- Kind of the driver, and its opaque state for the next call.
  driver        text NOT NULL,
  handle        jsonb,
  created_at    timestamptz NOT NULL DEFAULT now(),
  updated_at    timestamptz NOT NULL DEFAULT now(),
  document      text NOT NULL GENERATED ALWAYS AS (instance_document(
    id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids,
    created_at, updated_at, metadata, status_reason, version
  )) STORED
);

-- One index for each list filter, in list order.
CREATE INDEX instances_list ON instances (tenant_id, id DESC);
CREATE INDEX instances_list_status ON instances (tenant_id, status, id DESC);
CREATE INDEX instances_list_type ON instances (tenant_id, type, id DESC);
CREATE INDEX instances_list_flavor ON instances (tenant_id, flavor, id DESC);
CREATE INDEX instances_list_name ON instances (tenant_id, name, id DESC);
CREATE INDEX instances_list_metadata ON instances
  USING gin (tenant_metadata(tenant_id, metadata) jsonb_path_ops) WHERE metadata <> '{}';

-- The workers' queue, and the operations that the API shows.
CREATE TABLE operations (
  id          uuid PRIMARY KEY,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL,
  type        text NOT NULL CHECK (type IN ('create', 'start', 'stop', 'restart', 'delete')),
  status      text NOT NULL CHECK (status IN ('pending', 'running', 'succeeded', 'failed', 'cancelled')),
  attempts    integer NOT NULL DEFAULT 0,
  error       jsonb,
  request_id  text NOT NULL,
  traceparent text,
  -- Pending: when it can be claimed. Running: when its lease expires, and it can be claimed again.
  -- Cancelled while running: the deadline for the worker that still holds it to stop.
  due_at      timestamptz NOT NULL DEFAULT now(),
  -- Fencing token: increases with every claim, and writes with an older one change nothing.
  fence       integer NOT NULL DEFAULT 0,
  lease_owner text,
  deadline_at timestamptz,
  created_at  timestamptz NOT NULL DEFAULT now(),
  started_at  timestamptz,
  finished_at timestamptz
);

CREATE UNIQUE INDEX operations_open ON operations (instance_id) WHERE status IN ('pending', 'running');
CREATE INDEX operations_due ON operations (due_at) WHERE status IN ('pending', 'running');
CREATE INDEX operations_list ON operations (tenant_id, id DESC);
CREATE INDEX operations_list_status ON operations (tenant_id, status, id DESC);
CREATE INDEX operations_list_instance ON operations (tenant_id, instance_id, id DESC);

-- One row for each version of an instance. Rows outlive their instance.
CREATE TABLE instance_events (
  instance_id  uuid NOT NULL,
  version      integer NOT NULL,
  tenant_id    text NOT NULL,
  type         text NOT NULL,
  from_status  text,
  to_status    text,
  reason       text,
  request_id   text,
  operation_id uuid,
  at           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (instance_id, version)
);

-- For deleting old rows. They are inserted in time order, so a block range index is enough.
CREATE INDEX instance_events_at ON instance_events USING brin (at);
