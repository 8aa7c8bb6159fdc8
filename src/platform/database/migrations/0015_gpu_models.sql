-- GPUs by model. Both columns are maps from model to number, in the row that every creation and release on the host
-- locks anyway, so that they need no lock of their own.

-- Writes to instances end before, and begin after, the count at the end of this migration.
LOCK TABLE instances IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE host_inventory
  -- As the host reports them. Null: it reports no models, so that total_gpus is the only limit.
  ADD COLUMN total_gpu_models jsonb,
  -- Of the counted instances whose flavor has a model. Kept by triggers, also for hosts that report no models, because
  -- replicas of the previous version create, fail and delete instances, too.
  ADD COLUMN gpu_models jsonb NOT NULL DEFAULT '{}';

CREATE FUNCTION gpu_models_of(host text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(gpu_model, gpus), '{}') FROM (
    SELECT f.gpu_model, sum(i.gpus) AS gpus
    FROM instances i JOIN flavors f ON f.name = i.flavor
    WHERE coalesce(i.host_id, i.driver) = host AND i.counted AND f.gpu_model IS NOT NULL
    GROUP BY f.gpu_model
  ) counted
$$;

-- The first count, under the table lock that whoever inserts the row holds.
CREATE FUNCTION count_gpu_models() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.gpu_models := gpu_models_of(NEW.host_id);
  RETURN NEW;
END
$$;

CREATE TRIGGER count_gpu_models BEFORE INSERT ON host_inventory
  FOR EACH ROW EXECUTE FUNCTION count_gpu_models();

-- The model is that of the flavor, which never changes, and which exists as long as an instance has it.
CREATE FUNCTION add_gpus(host text, flavor_name text, change bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE host_inventory h
  SET gpu_models = jsonb_strip_nulls(h.gpu_models || jsonb_build_object(f.gpu_model,
    nullif(coalesce((h.gpu_models ->> f.gpu_model)::bigint, 0) + change, 0)))
  FROM flavors f
  WHERE h.host_id = host AND f.name = flavor_name AND f.gpu_model IS NOT NULL
$$;

CREATE FUNCTION change_gpu_models() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.counted THEN
    PERFORM add_gpus(coalesce(OLD.host_id, OLD.driver), OLD.flavor, -OLD.gpus);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.counted THEN
    PERFORM add_gpus(coalesce(NEW.host_id, NEW.driver), NEW.flavor, NEW.gpus);
  END IF;
  RETURN NULL;
END
$$;

-- The conditions spare instances without GPUs the call.
CREATE TRIGGER take_gpu_models AFTER INSERT ON instances
  FOR EACH ROW WHEN (NEW.gpus > 0) EXECUTE FUNCTION change_gpu_models();
CREATE TRIGGER change_gpu_models AFTER UPDATE OF counted, flavor, gpus, host_id, driver ON instances
  FOR EACH ROW WHEN ((OLD.gpus > 0 OR NEW.gpus > 0)
    -- Otherwise, every failed action would lock the row of the host, after its operation.
    AND (OLD.counted, OLD.flavor, OLD.gpus, OLD.host_id, OLD.driver)
      IS DISTINCT FROM (NEW.counted, NEW.flavor, NEW.gpus, NEW.host_id, NEW.driver))
  EXECUTE FUNCTION change_gpu_models();
CREATE TRIGGER release_gpu_models AFTER DELETE ON instances
  FOR EACH ROW WHEN (OLD.gpus > 0) EXECUTE FUNCTION change_gpu_models();

UPDATE host_inventory SET gpu_models = gpu_models_of(host_id);
