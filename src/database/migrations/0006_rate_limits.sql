-- How many requests each tenant has made in its present minute, at all replicas together.
-- Worth no write-ahead log: after a crash of the server, every tenant begins a new minute.
CREATE UNLOGGED TABLE rate_limits (
  tenant_id  text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  count      integer NOT NULL
-- Room for the next version of each row on its own page, so that no index entry is needed for it.
) WITH (fillfactor = 50);
