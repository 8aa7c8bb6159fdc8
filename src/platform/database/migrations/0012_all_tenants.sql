-- For lists across tenants by metadata. The other filters read an index of the tenants' lists as a whole; that of the
-- metadata begins with the tenant in every key.
CREATE INDEX instances_all_metadata ON instances USING gin (metadata jsonb_path_ops) WHERE metadata <> '{}';
