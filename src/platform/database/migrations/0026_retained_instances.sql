-- Deleted instances that are kept for a while, in status 'deleted'. Replicas of earlier versions show this status, but refuse
-- every action on it except a forced delete, and do not compare it with the engine.
ALTER TABLE instances
  ADD COLUMN deleted_at timestamptz,
  -- When the service deletes it for good; null once that has begun.
  ADD COLUMN purge_at timestamptz,
  -- Whether its guest ran when it was deleted, and so is started when it is restored.
  ADD COLUMN ran_before_deletion boolean;

CREATE INDEX instances_purge ON instances (purge_at) WHERE purge_at IS NOT NULL;

-- Whatever takes an instance out of this status, nothing may purge it later.
CREATE FUNCTION end_retention() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.deleted_at = NULL;
  NEW.purge_at = NULL;
  NEW.ran_before_deletion = NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER end_retention BEFORE UPDATE OF status ON instances
  FOR EACH ROW WHEN (OLD.status = 'deleted' AND NEW.status <> 'deleted')
  EXECUTE FUNCTION end_retention();

-- How long instances of the tenant are retained if a delete does not say it; an ISO 8601 duration. Null: not at all.
ALTER TABLE quotas ADD COLUMN retain_deleted text;
