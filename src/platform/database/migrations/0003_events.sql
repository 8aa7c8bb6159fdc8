-- Actor of the operation, and of each of its events.
ALTER TABLE operations ADD COLUMN actor text;

ALTER TABLE instance_events
  ADD COLUMN actor text,
  -- The writing transaction. A reader that keeps the snapshot of its last read uses it to find what has become
  -- visible since, regardless of commit order.
  ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- Order of events that become visible together: a later version of an instance has a larger number.
  ADD COLUMN seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY;

CREATE INDEX instance_events_stream ON instance_events (tenant_id, tx);
