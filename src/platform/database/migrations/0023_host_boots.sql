-- The boot of the host that a replica was last in contact with, and when; the boot is null if it is unknown.
ALTER TABLE hosts ADD COLUMN contact_at timestamptz, ADD COLUMN boot_id text;
