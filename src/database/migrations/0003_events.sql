-- Who asked for it: as the operation was given, and each event of it.
ALTER TABLE operations ADD COLUMN actor text;

ALTER TABLE instance_events
  ADD COLUMN actor text,
  -- The transaction that wrote it. A reader that keeps the snapshot of its last look finds with it
  -- what has become visible since, in whatever order the transactions ended.
  ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  -- Within what became visible together: a later version of an instance has a later number.
  ADD COLUMN seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY;

CREATE INDEX instance_events_stream ON instance_events (tenant_id, tx);
