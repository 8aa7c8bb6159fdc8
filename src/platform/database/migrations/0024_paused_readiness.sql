-- Time in which the current run of a guest was paused, before the present pause; and when that began.
ALTER TABLE instances ADD COLUMN paused_for interval NOT NULL DEFAULT '0', ADD COLUMN paused_at timestamptz;

CREATE OR REPLACE FUNCTION reset_readiness() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('running', 'paused') THEN
    NEW.started_at = coalesce(NEW.started_at, now());
  ELSIF NEW.status <> 'error' THEN
    NEW.started_at = NULL;
  END IF;
  IF NEW.started_at IS DISTINCT FROM OLD.started_at THEN
    NEW.paused_for = '0';
    NEW.paused_at = NULL;
  END IF;
  IF NEW.status = 'paused' THEN
    NEW.paused_at = coalesce(NEW.paused_at, now());
  ELSIF NEW.status = 'running' AND NEW.paused_at IS NOT NULL THEN
    NEW.paused_for = NEW.paused_for + (now() - NEW.paused_at);
    NEW.paused_at = NULL;
  END IF;
  IF NEW.guest ? 'readiness' THEN
    IF NEW.started_at IS DISTINCT FROM OLD.started_at THEN
      NEW.ready = false;
      NEW.ready_at = NULL;
    END IF;
    NEW.probe_at = CASE WHEN NEW.status = 'running' AND NOT NEW.ready THEN now() END;
  END IF;
  RETURN NEW;
END
$$;
