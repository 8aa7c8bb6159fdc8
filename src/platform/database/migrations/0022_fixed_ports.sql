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

-- Recreates the document with the addresses: the expression of a generated column cannot be altered.
ALTER TABLE instances DROP COLUMN document;

CREATE OR REPLACE FUNCTION instance_document(
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
      metadata, coalesce(handle -> 'ports', '[]') AS ports,
      coalesce(handle -> 'addresses', '[]') AS addresses, status_reason AS "statusReason",
      deletion_protection AS "deletionProtection", autostart, restart_policy AS "restartPolicy", version
  ) AS instance
$$;

ALTER TABLE instances ADD COLUMN document text NOT NULL GENERATED ALWAYS AS (instance_document(
  id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids, created_at, updated_at,
  metadata, status_reason, deletion_protection, autostart, restart_policy, handle, version
)) STORED;
