-- Autostart and restart policies.
ALTER TABLE instances
  -- See `autostart` and `restartPolicy` in the API.
  ADD COLUMN autostart boolean NOT NULL DEFAULT false,
  ADD COLUMN restart_policy jsonb NOT NULL DEFAULT '{"condition": "never", "maxRestarts": 5}',
  -- When it was seen to have stopped without a request; null if it is not stopped, or was stopped by a request.
  ADD COLUMN ended_at timestamptz,
  -- When the service will start it again; null unless it is stopped and waits for that.
  ADD COLUMN restart_at timestamptz,
  -- How often the policy has started it again in a row, and when it last did.
  ADD COLUMN restarts integer NOT NULL DEFAULT 0,
  ADD COLUMN restarted_at timestamptz,
  DROP COLUMN document;

CREATE INDEX instances_restart ON instances (restart_at) WHERE restart_at IS NOT NULL;

-- Whatever starts a stopped instance, a replica of the previous version included, no other start of it is due.
CREATE FUNCTION end_restart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended_at = NULL;
  NEW.restart_at = NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER end_restart BEFORE UPDATE OF status ON instances
  FOR EACH ROW WHEN (OLD.status = 'stopped' AND NEW.status <> 'stopped' AND OLD.ended_at IS NOT NULL)
  EXECUTE FUNCTION end_restart();

-- Recreates the document with the new members: the expression of a generated column cannot be altered.
DROP FUNCTION instance_document(
  uuid, text, text, text, text, text, text, text[], text[], timestamptz, timestamptz, jsonb, text, boolean, jsonb,
  integer
);

CREATE FUNCTION instance_document(
  id uuid, name text, tenant_id text, type text, flavor text, status text, image_id text,
  network_ids text[], volume_ids text[], created_at timestamptz, updated_at timestamptz,
  metadata jsonb, status_reason text, deletion_protection boolean, autostart boolean, restart_policy jsonb,
  handle jsonb, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(instance)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
      network_ids AS "networkIds", volume_ids AS "volumeIds",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt",
      metadata, coalesce(handle -> 'ports', '[]') AS ports, status_reason AS "statusReason",
      deletion_protection AS "deletionProtection", autostart, restart_policy AS "restartPolicy", version
  ) AS instance
$$;

ALTER TABLE instances ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (instance_document(
  id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids, created_at, updated_at,
  metadata, status_reason, deletion_protection, autostart, restart_policy, handle, version
)) STORED;
