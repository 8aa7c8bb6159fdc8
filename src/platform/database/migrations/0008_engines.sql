-- Guest settings, engine reports and orphans.

-- Guest settings of the request: command, environment, ports, user data and keys.
ALTER TABLE instances ADD COLUMN guest jsonb NOT NULL DEFAULT '{}';

-- Latest engine report: {presence, power?, reason?, at}; null if there was none.
ALTER TABLE instances ADD COLUMN observed jsonb;

-- Progress reported by the driver, in a few words; null if there was none.
ALTER TABLE operations ADD COLUMN progress text;

-- Instances at engines that have no row in `instances`.
CREATE TABLE orphans (
  driver        text NOT NULL,
  instance_id   text NOT NULL,
  tenant_id     text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (driver, instance_id)
);

-- Recreates the document with the published ports: the expression of a generated column cannot be
-- altered.
ALTER TABLE instances DROP COLUMN document;
DROP FUNCTION instance_document(
  uuid, text, text, text, text, text, text, text[], text[], timestamptz, timestamptz, jsonb, text, boolean,
  integer
);

CREATE FUNCTION instance_document(
  id uuid, name text, tenant_id text, type text, flavor text, status text, image_id text,
  network_ids text[], volume_ids text[], created_at timestamptz, updated_at timestamptz,
  metadata jsonb, status_reason text, deletion_protection boolean, handle jsonb, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(instance)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
      network_ids AS "networkIds", volume_ids AS "volumeIds",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt",
      metadata, coalesce(handle -> 'ports', '[]') AS ports, status_reason AS "statusReason",
      deletion_protection AS "deletionProtection", version
  ) AS instance
$$;

ALTER TABLE instances ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (instance_document(
  id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids,
  created_at, updated_at, metadata, status_reason, deletion_protection, handle, version
)) STORED;
