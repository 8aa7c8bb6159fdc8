-- What was done for a request that came with an Idempotency-Key: written with the change itself.
CREATE TABLE idempotency_keys (
  tenant_id    text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  -- Which of the requests with this key made the change.
  attempt      uuid NOT NULL,
  instance_id  uuid,
  operation_id uuid,
  -- The answer; null while it depends on how the operation ends.
  status       integer,
  headers      jsonb,
  body         text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);

CREATE INDEX idempotency_keys_created ON idempotency_keys USING brin (created_at);
