-- Images of tenants: names for their snapshots, which are not deleted while they have one.
CREATE TABLE tenant_images (
  tenant_id   text NOT NULL,
  -- Sorted like the ids of the catalog.
  id          text COLLATE "C" NOT NULL,
  name        text NOT NULL,
  description text NOT NULL,
  snapshot_id uuid NOT NULL REFERENCES snapshots,
  created_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);

CREATE INDEX tenant_images_snapshot ON tenant_images (snapshot_id);

SELECT share_rights('tenant_images');

-- The number of a tenant's images, like lock_and_count_webhooks.
CREATE FUNCTION lock_and_count_tenant_images(tenant text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock('tenant_images'::regclass::oid::integer, hashtext(tenant));
  RETURN (SELECT count(*) FROM tenant_images WHERE tenant_id = tenant);
END
$$;
