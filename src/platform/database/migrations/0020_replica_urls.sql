-- Where other replicas reach the one on this host; null: nowhere, or every replica reaches the host itself.
ALTER TABLE hosts ADD COLUMN replica_url text;
