-- Since when a replica has had no contact with the engine there, unless one has compared everything there since; else null.
ALTER TABLE hosts ADD COLUMN contact_lost_at timestamptz;
