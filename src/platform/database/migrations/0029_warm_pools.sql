-- Instances that are kept prepared. Those that wait for their tenant are instances of the tenant '@warm-pools', with the name of
-- their pool.
CREATE TABLE warm_pools (
  name       text PRIMARY KEY,
  flavor     text NOT NULL,
  image_id   text NOT NULL,
  type       text NOT NULL,
  -- Number of instances to keep.
  size       integer NOT NULL,
  -- Preparations that failed in a row, when the last one did, and why.
  failures   integer NOT NULL DEFAULT 0,
  failed_at  timestamptz,
  last_error text,
  -- When to prepare instances again after that.
  retry_at   timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- The sizes of all other pools, which no other transaction can change by this function until the end of this one. Counts those
-- that became visible while it waited, unlike a subquery of the calling statement.
CREATE FUNCTION lock_and_sum_warm_pools(other text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock('warm_pools'::regclass::oid::integer, 0);
  RETURN (SELECT coalesce(sum(size), 0) FROM warm_pools WHERE name <> other);
END
$$;

SELECT share_rights('warm_pools');
