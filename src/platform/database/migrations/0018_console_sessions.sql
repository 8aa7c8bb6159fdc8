-- Connections of users to consoles of instances and commands in them.
CREATE TABLE console_sessions (
  -- Version 7 UUID: id order is creation order.
  id          uuid PRIMARY KEY,
  tenant_id   text NOT NULL,
  instance_id uuid NOT NULL,
  kind        text NOT NULL,
  -- The command; null for a console. Deleted when the ticket is redeemed, because it can have secrets.
  args        jsonb,
  -- SHA-256 in hex of the ticket, which opens the session once.
  ticket_hash text NOT NULL,
  actor       text NOT NULL,
  request_id  text NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  -- When the ticket expires.
  expires_at  timestamptz NOT NULL,
  -- When the client connected.
  redeemed_at timestamptz,
  -- Renewed while the session is open; in the past if the replica that served it crashed.
  alive_until timestamptz,
  ended_at    timestamptz,
  exit_code   integer
);

CREATE INDEX console_sessions_open ON console_sessions (tenant_id) WHERE ended_at IS NULL;
CREATE INDEX console_sessions_alive ON console_sessions (alive_until) WHERE ended_at IS NULL;
CREATE INDEX console_sessions_unused ON console_sessions (expires_at) WHERE redeemed_at IS NULL;
CREATE INDEX console_sessions_ended ON console_sessions (ended_at);

SELECT share_rights('console_sessions');
