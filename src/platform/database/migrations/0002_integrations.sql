-- Networks and volumes of instances, and the state of each attachment.
CREATE TABLE attachments (
  -- Version 7 UUID: id order is creation order.
  id          uuid PRIMARY KEY,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('network', 'volume')),
  -- Id at its platform service; null until it is created.
  resource_id text,
  -- What to create; null if the resource existed before the instance.
  spec        jsonb,
  delete_on_termination boolean NOT NULL DEFAULT false,
  -- planned: requested, may already exist. attached: exists.
  -- undoing: to be removed as part of a rollback. releasing: to be released because the instance is deleted.
  state       text NOT NULL CHECK (state IN ('planned', 'attached', 'undoing', 'releasing')),
  -- Recorded as given, because no platform service was configured to check it.
  unchecked   boolean NOT NULL DEFAULT false,
  -- A call was sent whose outcome is unknown: it may still take effect until this time.
  doubtful_until timestamptz,
  CHECK (resource_id IS NOT NULL OR spec IS NOT NULL)
);

CREATE UNIQUE INDEX attachments_resource ON attachments (instance_id, kind, resource_id);
CREATE INDEX attachments_instance ON attachments (instance_id, id);
-- A volume belongs to one instance, even if the Storage service would allow more.
CREATE UNIQUE INDEX attachments_volume ON attachments (tenant_id, resource_id)
  WHERE kind = 'volume' AND NOT unchecked;

INSERT INTO attachments (id, tenant_id, instance_id, kind, resource_id, state, unchecked)
SELECT gen_random_uuid(), tenant_id, id, 'network', resource_id, 'attached', true
FROM instances, unnest(network_ids) AS resource_id;
INSERT INTO attachments (id, tenant_id, instance_id, kind, resource_id, state, unchecked)
SELECT gen_random_uuid(), tenant_id, id, 'volume', resource_id, 'attached', true
FROM instances, unnest(volume_ids) AS resource_id;

ALTER TABLE operations
  DROP CONSTRAINT operations_type_check,
  ADD CONSTRAINT operations_type_check
    CHECK (type IN ('create', 'start', 'stop', 'restart', 'delete', 'attach', 'detach', 'cleanup')),
  -- The attachment of an attach or detach.
  ADD COLUMN attachment_id uuid,
  -- A deletion that does not wait for platform services.
  ADD COLUMN forced boolean NOT NULL DEFAULT false;

-- A clean-up runs independently of other operations of its instance, even after the instance is deleted.
DROP INDEX operations_open;
CREATE UNIQUE INDEX operations_open ON operations (instance_id)
  WHERE status IN ('pending', 'running') AND type <> 'cleanup';
CREATE INDEX operations_unfinished ON operations (instance_id) WHERE status IN ('pending', 'running');

-- Metrics to be delivered to the Monitoring service, each written in the transaction of its change.
CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  instance_id uuid NOT NULL,
  tenant_id   text NOT NULL,
  name        text NOT NULL,
  type        text NOT NULL,
  flavor      text NOT NULL,
  attempts    integer NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL DEFAULT now(),
  created_at  timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX outbox_instance ON outbox (instance_id, id);

-- Tasks that one replica at a time performs for all.
CREATE TABLE leases (
  name  text PRIMARY KEY,
  owner text NOT NULL,
  until timestamptz NOT NULL
);
