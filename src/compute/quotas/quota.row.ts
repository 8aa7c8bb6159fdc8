/** The five counters of a row as JSON, named as in the API. */
export const AMOUNTS_JSON = `json_build_object('instances', instances, 'vcpus', vcpus, 'ramGB', ram_gb,
  'diskGB', disk_gb, 'gpus', gpus)`;

/** All engines whose capacity is known. */
export const ENGINES_JSON = `(
  SELECT coalesce(json_agg(json_build_object('hostId', host_id, 'used', ${AMOUNTS_JSON}, 'total', json_build_object(
    'vcpus', total_vcpus, 'ramGB', total_ram_gb, 'diskGB', total_disk_gb, 'gpus', total_gpus
  )) ORDER BY host_id), '[]') FROM host_inventory
)`;
