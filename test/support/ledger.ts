/**
 * Lists, as `of`, each tenant, host and GPU model of a host whose counters differ from a recount of instances,
 * allocations and snapshots.
 */
export const MISCOUNTED = `
  WITH usage AS (
    SELECT 'tenant ' || tenant_id AS of, instances, vcpus, ram_gb, disk_gb, gpus, snapshots, snapshot_gb FROM quota_usage
    UNION ALL
    SELECT 'host ' || host_id, instances, vcpus, ram_gb, disk_gb, gpus, 0, 0 FROM host_inventory
    UNION ALL
    SELECT 'host ' || host_id || ', GPU ' || key, 0, 0, 0, 0, value::bigint, 0, 0
    FROM host_inventory, jsonb_each_text(gpu_models)
  ), held AS (
    SELECT tenant_id, coalesce(host_id, driver) AS host_id, flavor, 1 AS instances, vcpus, ram_gb, disk_gb, gpus,
      0 AS snapshots, 0 AS snapshot_gb
    FROM instances WHERE counted
    UNION ALL
    SELECT tenant_id, host_id, NULL, 0, vcpus, ram_gb, disk_gb, 0, 0, 0 FROM allocations
    UNION ALL
    SELECT tenant_id, NULL, NULL, 0, 0, 0, 0, 0, 1,
      CASE WHEN counted THEN disk_gb + CASE WHEN include_memory THEN ram_gb ELSE 0 END ELSE 0 END
    FROM snapshots
  ), recount AS (
    SELECT 'tenant ' || tenant_id AS of, sum(instances) AS instances, sum(vcpus) AS vcpus, sum(ram_gb) AS ram_gb,
      sum(disk_gb) AS disk_gb, sum(gpus) AS gpus, sum(snapshots) AS snapshots, sum(snapshot_gb) AS snapshot_gb
    FROM held GROUP BY tenant_id
    UNION ALL
    SELECT 'host ' || host_id, sum(instances), sum(vcpus), sum(ram_gb), sum(disk_gb), sum(gpus), 0, 0
    FROM held WHERE host_id IN (SELECT host_id FROM host_inventory)
    GROUP BY host_id
    UNION ALL
    SELECT 'host ' || host_id || ', GPU ' || gpu_model, 0, 0, 0, 0, sum(held.gpus), 0, 0
    FROM held JOIN flavors f ON f.name = held.flavor
    WHERE gpu_model IS NOT NULL AND host_id IN (SELECT host_id FROM host_inventory)
    GROUP BY host_id, gpu_model
  )
  SELECT of || ': ' || coalesce(usage::text, 'nothing') || ' is not ' || coalesce(recount::text, 'nothing') AS of
  FROM usage FULL JOIN recount USING (of)
  WHERE (coalesce(usage.instances, 0), coalesce(usage.vcpus, 0), coalesce(usage.ram_gb, 0),
      coalesce(usage.disk_gb, 0), coalesce(usage.gpus, 0), coalesce(usage.snapshots, 0), coalesce(usage.snapshot_gb, 0))
    <> (coalesce(recount.instances, 0), coalesce(recount.vcpus, 0), coalesce(recount.ram_gb, 0),
      coalesce(recount.disk_gb, 0), coalesce(recount.gpus, 0), coalesce(recount.snapshots, 0),
      coalesce(recount.snapshot_gb, 0))`;

interface Asked {
  query(statement: {
    name: string;
    text: string;
    values: readonly unknown[];
  }): Promise<readonly { readonly of?: string }[]>;
}

/** Must be empty at any time, because counters and instances change in one statement. */
export async function miscounted(database: Asked): Promise<readonly string[]> {
  const rows = await database.query({ name: '', text: MISCOUNTED, values: [] });
  return rows.map(({ of }) => String(of));
}
