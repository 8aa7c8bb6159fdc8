-- What an instance has of the services beside this one, and how far each piece of it has come.
CREATE TABLE attachments (
  -- Version 7: the order in which they are made is the order of their ids.
  id          uuid PRIMARY KEY,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('network', 'volume')),
  -- Its id at its service; null until it is made.
  resource_id text,
  -- What is to be made; null where it was there before the instance.
  spec        jsonb,
  delete_on_termination boolean NOT NULL DEFAULT false,
  -- planned: wanted, and perhaps there already. attached: there.
  -- undoing: to be taken back as if it had never been. releasing: to be given up as at the end of an instance.
  state       text NOT NULL CHECK (state IN ('planned', 'attached', 'undoing', 'releasing')),
  -- Recorded as it was given, for there was no service to ask.
  unchecked   boolean NOT NULL DEFAULT false,
  -- A call was sent whose answer is not known: until then, it may still take effect.
  doubtful_until timestamptz,
  CHECK (resource_id IS NOT NULL OR spec IS NOT NULL)
);

CREATE UNIQUE INDEX attachments_resource ON attachments (instance_id, kind, resource_id);
CREATE INDEX attachments_instance ON attachments (instance_id, id);
-- A volume belongs to one instance, whatever the storage service would let happen.
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
  -- What an attach or a detach is about.
  ADD COLUMN attachment_id uuid,
  -- A deletion that waits for no neighbour.
  ADD COLUMN forced boolean NOT NULL DEFAULT false;

-- A clean-up goes on beside whatever else its instance does, also when that is gone.
DROP INDEX operations_open;
CREATE UNIQUE INDEX operations_open ON operations (instance_id)
  WHERE status IN ('pending', 'running') AND type <> 'cleanup';
CREATE INDEX operations_unfinished ON operations (instance_id) WHERE status IN ('pending', 'running');

-- Metrics on their way to the monitoring service, each written with the change that it tells of.
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

-- Work that one replica at a time does for all of them.
CREATE TABLE leases (
  name  text PRIMARY KEY,
  owner text NOT NULL,
  until timestamptz NOT NULL
);
