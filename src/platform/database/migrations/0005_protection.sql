-- Deletion protection; see `deletionProtection` in the API.
ALTER TABLE instances ADD COLUMN deletion_protection boolean NOT NULL DEFAULT false;

-- Recreates the document with the new member: the expression of a generated column cannot be altered.
ALTER TABLE instances DROP COLUMN document;
DROP FUNCTION instance_document(
  uuid, text, text, text, text, text, text, text[], text[], timestamptz, timestamptz, jsonb, text, integer
);

CREATE FUNCTION instance_document(
  id uuid, name text, tenant_id text, type text, flavor text, status text, image_id text,
  network_ids text[], volume_ids text[], created_at timestamptz, updated_at timestamptz,
  metadata jsonb, status_reason text, deletion_protection boolean, version integer
) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT row_to_json(instance)::text FROM (
    SELECT id, name, tenant_id AS "tenantId", type, flavor, status, image_id AS "imageId",
      network_ids AS "networkIds", volume_ids AS "volumeIds",
      floor(extract(epoch FROM created_at))::bigint AS "createdAt",
      floor(extract(epoch FROM updated_at))::bigint AS "updatedAt",
      metadata, status_reason AS "statusReason", deletion_protection AS "deletionProtection", version
  ) AS instance
$$;

ALTER TABLE instances ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (instance_document(
  id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids,
  created_at, updated_at, metadata, status_reason, deletion_protection, version
)) STORED;
