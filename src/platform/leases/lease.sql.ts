/**
 * A lease gives one replica at a time the right to do something, until it ends, is renewed or is released. Both statements have
 * the parameters $1 name of the lease and $2 owner.
 */

/** Acquires or renews the lease for $3 milliseconds; returns no row if another owner has it. */
export const HOLD_LEASE = `
  INSERT INTO leases (name, owner, until) VALUES ($1, $2, now() + $3::int * interval '1 millisecond')
  ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until
    WHERE leases.owner = excluded.owner OR leases.until < now()
      -- Due later than any lease can end: written before the clock was set back.
      OR leases.until > excluded.until + interval '1 minute'
  RETURNING 1`;

/** Ends the lease, unless another owner has it. */
export const RELEASE_LEASE = 'DELETE FROM leases WHERE name = $1 AND owner = $2';
