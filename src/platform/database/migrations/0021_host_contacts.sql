-- When a replica lost contact with the engine of this host; null after a complete comparison that began later.
ALTER TABLE hosts ADD COLUMN contact_lost_at timestamptz;
