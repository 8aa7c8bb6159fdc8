-- Requests of each tenant in its current minute, over all replicas.
-- Unlogged: after a crash of the database server, every tenant starts a new minute.
CREATE UNLOGGED TABLE rate_limits (
  tenant_id  text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  count      integer NOT NULL
-- The fill factor leaves room for heap-only updates.
) WITH (fillfactor = 50);
