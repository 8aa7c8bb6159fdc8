-- URLs of tenants that receive the events of their instances.
CREATE TABLE webhooks (
  -- Version 7 UUID: id order is creation order.
  id              uuid PRIMARY KEY,
  tenant_id       text NOT NULL,
  url             text NOT NULL,
  -- Types of events: names, `*`, or the first part of a name with `.*`.
  types           text[] NOT NULL,
  -- Signs the deliveries, so it is stored as is.
  secret          text NOT NULL,
  enabled         boolean NOT NULL DEFAULT true,
  -- Why the service disabled it; null otherwise.
  disabled_reason text,
  -- Whether the last attempts failed or took long: such webhooks must not delay the others.
  is_slow         boolean NOT NULL DEFAULT false,
  -- Position in resource_events: all events visible in `since` have been read, and of those visible in `until`, the ones
  -- up to number `seq`.
  since           pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
  until           pg_snapshot,
  seq             bigint NOT NULL DEFAULT 0,
  -- Largest number that was read.
  last_seq        bigint NOT NULL DEFAULT 0,
  -- Incremented with each change of the position.
  moves           bigint NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL DEFAULT now(),
  updated_at      timestamptz NOT NULL DEFAULT now(),
  -- Hidden from here on; removed when its deliveries are.
  deleted_at      timestamptz
);

CREATE INDEX webhooks_tenant ON webhooks (tenant_id, id) WHERE deleted_at IS NULL;
CREATE INDEX webhooks_reading ON webhooks (tenant_id) WHERE enabled;
CREATE INDEX webhooks_sending ON webhooks (is_slow, id) WHERE enabled;
CREATE INDEX webhooks_deleted ON webhooks (id) WHERE deleted_at IS NOT NULL;

-- The number of a tenant's webhooks, which no other transaction can increase by this function until the end of this one.
-- Counts those that became visible while it waited, unlike a subquery of the calling statement.
CREATE FUNCTION lock_and_count_webhooks(tenant text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock('webhooks'::regclass::oid::integer, hashtext(tenant));
  RETURN (SELECT count(*) FROM webhooks WHERE tenant_id = tenant AND deleted_at IS NULL);
END
$$;

-- Events to deliver, and those delivered or given up recently.
CREATE TABLE webhook_deliveries (
  webhook_id      uuid NOT NULL,
  -- Number of the event.
  seq             bigint NOT NULL,
  id              uuid NOT NULL DEFAULT gen_random_uuid(),
  tenant_id       text NOT NULL,
  resource_id     uuid NOT NULL,
  type            text NOT NULL,
  body            text NOT NULL,
  status          text NOT NULL DEFAULT 'pending',
  attempts        integer NOT NULL DEFAULT 0,
  -- When to attempt it next. During an attempt, when another replica may take over.
  due_at          timestamptz NOT NULL DEFAULT now(),
  -- The attempt in progress.
  claim           uuid,
  -- Of the last attempt; null without a response.
  response_status integer,
  error           text,
  created_at      timestamptz NOT NULL DEFAULT now(),
  attempted_at    timestamptz,
  PRIMARY KEY (webhook_id, seq)
);

CREATE UNIQUE INDEX webhook_deliveries_id ON webhook_deliveries (id);
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (webhook_id, seq) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (webhook_id, resource_id, seq) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_dead ON webhook_deliveries (webhook_id, seq) WHERE status = 'dead';
CREATE INDEX webhook_deliveries_created ON webhook_deliveries USING brin (created_at);

SELECT share_rights('webhooks');
SELECT share_rights('webhook_deliveries');
