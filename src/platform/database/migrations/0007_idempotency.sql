-- Outcome of a request with an Idempotency-Key, written in the statement of its change.
CREATE TABLE idempotency_keys (
  tenant_id    text NOT NULL,
  key          text NOT NULL,
  request_hash text NOT NULL,
  -- Identifies which of the requests with this key made the change.
  attempt      uuid NOT NULL,
  instance_id  uuid,
  operation_id uuid,
  -- The response; null while it depends on the outcome of the operation.
  status       integer,
  headers      jsonb,
  body         text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key)
);

CREATE INDEX idempotency_keys_created ON idempotency_keys USING brin (created_at);
