/** The five counters of a row as JSON, named as in the API. */
export const AMOUNTS_JSON = `json_build_object('instances', instances, 'vcpus', vcpus, 'ramGB', ram_gb,
  'diskGB', disk_gb, 'gpus', gpus)`;

/** All counters of a tenant's row, likewise. */
export const TENANT_AMOUNTS_JSON = `json_build_object('instances', instances, 'vcpus', vcpus, 'ramGB', ram_gb,
  'diskGB', disk_gb, 'gpus', gpus, 'snapshots', snapshots, 'snapshotGB', snapshot_gb)`;
/** How long instances of the tenant of `i` are retained by default; null if they are not. */
export const RETENTION_OF_I = '(SELECT retain_deleted FROM quotas q WHERE q.tenant_id = i.tenant_id)';

/** Models that the host has or that instances require, by name; null if it reports no models. */
const GPU_MODELS_JSON = `CASE WHEN total_gpu_models IS NOT NULL THEN (
    SELECT coalesce(json_agg(json_build_object('model', model,
      'total', coalesce((total_gpu_models ->> model)::bigint, 0),
      'allocated', coalesce((gpu_models ->> model)::bigint, 0)) ORDER BY model), '[]')
    FROM jsonb_object_keys(total_gpu_models || gpu_models) AS model
  ) END`;

/** All engines whose capacity is known. */
export const ENGINES_JSON = `(
  SELECT coalesce(json_agg(json_build_object('hostId', host_id, 'used', ${AMOUNTS_JSON}, 'total', json_build_object(
    'vcpus', total_vcpus, 'ramGB', total_ram_gb, 'diskGB', total_disk_gb, 'gpus', total_gpus
  ), 'gpuModels', ${GPU_MODELS_JSON}) ORDER BY host_id), '[]') FROM host_inventory
)`;
