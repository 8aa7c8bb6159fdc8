-- Ports of a host that instances have requested. An instance holds them until its row is deleted, also by a replica of
-- the previous version.
CREATE TABLE host_ports (
  host_id     text NOT NULL,
  protocol    text NOT NULL,
  port        integer NOT NULL,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL REFERENCES instances ON DELETE CASCADE,
  PRIMARY KEY (host_id, protocol, port)
);

CREATE INDEX host_ports_instance ON host_ports (instance_id);

SELECT share_rights('host_ports');

-- Readiness of guests. How to probe it is part of `guest`.
ALTER TABLE instances
  -- Null without a probe; see `ready` in the API.
  ADD COLUMN ready boolean,
  ADD COLUMN ready_at timestamptz,
  -- When the current run of the guest began; null if it does not run, or was not seen to begin.
  ADD COLUMN started_at timestamptz,
  -- When the guest is to be probed next; null unless it runs and is not ready.
  ADD COLUMN probe_at timestamptz,
  DROP COLUMN document;

CREATE INDEX instances_probe ON instances (probe_at) WHERE probe_at IS NOT NULL;

-- Resets readiness when a run of the guest begins or ends, whichever statement changes the status. In `error`, the guest may
-- still run: if it is seen to run later, that is the same run.
CREATE FUNCTION reset_readiness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('running', 'paused') THEN
    NEW.started_at = coalesce(NEW.started_at, now());
  ELSIF NEW.status <> 'error' THEN
    NEW.started_at = NULL;
  END IF;
  IF NEW.guest ? 'readiness' THEN
    IF NEW.started_at IS DISTINCT FROM OLD.started_at THEN
      NEW.ready = false;
      NEW.ready_at = NULL;
    END IF;
    NEW.probe_at = CASE WHEN NEW.status = 'running' AND NOT NEW.ready THEN now() END;
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER reset_readiness BEFORE UPDATE OF status, started_at ON instances
  FOR EACH ROW WHEN (OLD.status <> NEW.status OR OLD.started_at IS DISTINCT FROM NEW.started_at)
  EXECUTE FUNCTION reset_readiness();

-- Recreates the document with the new members and the addresses: the expression of a generated column cannot be altered.
DROP FUNCTION instance_document(
  uuid, text, text, text, text, text, text, text[], text[], timestamptz, timestamptz, jsonb, text, boolean, boolean,
  jsonb, jsonb, integer
);

CREATE FUNCTION instance_document(
  id uuid, name text, tenant_id text, type text, flavor text, status text, image_id text,
  network_ids text[], volume_ids text[], created_at timestamptz, updated_at timestamptz,
  metadata jsonb, status_reason text, deletion_protection boolean, autostart boolean, restart_policy jsonb,
  guest jsonb, ready boolean, ready_at timestamptz, handle jsonb, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(instance)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
      network_ids AS "networkIds", volume_ids AS "volumeIds",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt",
      metadata, coalesce(handle -> 'ports', '[]') AS ports,
      coalesce(handle -> 'addresses', '[]') AS addresses, status_reason AS "statusReason",
      guest -> 'readiness' AS readiness, ready, floor(extract(epoch FROM ready_at))::bigint AS "readyAt",
      deletion_protection AS "deletionProtection", autostart, restart_policy AS "restartPolicy", version
  ) AS instance
$$;

ALTER TABLE instances ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (instance_document(
  id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids, created_at, updated_at,
  metadata, status_reason, deletion_protection, autostart, restart_policy, guest, ready, ready_at, handle, version
)) STORED;
