import type { Amounts } from '../../drivers/port/resources';

/**
 * SQL that keeps `quota_usage` and `host_inventory` exact: common table expressions for the statement that creates, fails
 * or removes an instance, so that both change or neither.
 *
 * Locks are always taken in this order, which rules out deadlocks: instances, usage by tenant, inventory by host, then
 * operations and attachments. The `count(*) >= 0` conditions are always true; they force one expression to run before
 * another.
 *
 * GPUs by model are in the row of `host_inventory`, too. Triggers count them, so nothing here does.
 */

const LOCKED = `
  requested AS MATERIALIZED (
    SELECT asked.id, asked.bundle, asked.tenant_id, asked.host_id, f.vcpus, f.ram_gb, f.disk_gb, f.gpus,
      f.gpu_model
    FROM asked JOIN flavors f ON f.name = asked.flavor AND f.retired_at IS NULL
    FOR KEY SHARE OF f
  ), used AS MATERIALIZED (
    SELECT u.tenant_id, u.instances, u.vcpus, u.ram_gb, u.disk_gb, u.gpus FROM quota_usage u
    WHERE u.tenant_id IN (SELECT tenant_id FROM requested) ORDER BY u.tenant_id FOR UPDATE OF u
  ), room AS MATERIALIZED (
    SELECT c.* FROM host_inventory c
    WHERE c.host_id IN (SELECT host_id FROM requested) AND (SELECT count(*) FROM used) >= 0
    ORDER BY c.host_id FOR UPDATE OF c
  )`;

const admittedBy = (defaults: string): string => `
  permitted AS (
    SELECT * FROM (
      SELECT requested.*, used.tenant_id IS NULL AS is_first,
        fits(coalesce(used.instances, 0), count(*) OVER queue, coalesce(q.instances, d.instances))
        AND fits(coalesce(used.vcpus, 0), sum(requested.vcpus) OVER queue, coalesce(q.vcpus, d.vcpus))
        AND fits(coalesce(used.ram_gb, 0), sum(requested.ram_gb) OVER queue, coalesce(q.ram_gb, d.ram_gb))
        AND fits(coalesce(used.disk_gb, 0), sum(requested.disk_gb) OVER queue, coalesce(q.disk_gb, d.disk_gb))
        AND (requested.gpus = 0
          OR fits(coalesce(used.gpus, 0), sum(requested.gpus) OVER queue, coalesce(q.gpus, d.gpus))) AS is_within
      FROM requested
        CROSS JOIN jsonb_to_record(${defaults}::jsonb)
          AS d(instances integer, vcpus integer, ram_gb integer, disk_gb integer, gpus integer)
        LEFT JOIN used ON used.tenant_id = requested.tenant_id
        LEFT JOIN quotas q ON q.tenant_id = requested.tenant_id
      -- Instances of one request have the same rank, so each is checked against the sum of all of them.
      WINDOW queue AS (PARTITION BY requested.tenant_id ORDER BY requested.bundle)
    ) judged WHERE is_within
  ), placed AS MATERIALIZED (
    SELECT * FROM (
      SELECT permitted.*,
        room.host_id IS NULL OR fits(room.vcpus, sum(permitted.vcpus) OVER queue, room.total_vcpus)
        AND fits(room.ram_gb, sum(permitted.ram_gb) OVER queue, room.total_ram_gb)
        AND fits(room.disk_gb, sum(permitted.disk_gb) OVER queue, room.total_disk_gb)
        AND (permitted.gpus = 0 OR fits(room.gpus, sum(permitted.gpus) OVER queue, room.total_gpus)) AS is_there
      FROM permitted LEFT JOIN room ON room.host_id = permitted.host_id
      -- A subquery instead of a second window, which would cost time for creations without GPUs.
      WHERE permitted.gpu_model IS NULL OR room.total_gpu_models IS NULL OR fits(
        coalesce((room.gpu_models ->> permitted.gpu_model)::bigint, 0),
        (
          SELECT sum(earlier.gpus) FROM permitted earlier
          WHERE earlier.host_id = permitted.host_id AND earlier.gpu_model = permitted.gpu_model
            AND earlier.bundle <= permitted.bundle
        ),
        coalesce((room.total_gpu_models ->> permitted.gpu_model)::bigint, 0))
      WINDOW queue AS (PARTITION BY permitted.host_id ORDER BY permitted.bundle)
    ) judged WHERE is_there
  )`;

const CHARGED = `
  first AS (
    -- If a concurrent statement inserts the tenant's first row, this one does not see it; its instances are retried.
    INSERT INTO quota_usage (tenant_id, instances, vcpus, ram_gb, disk_gb, gpus)
    SELECT tenant_id, count(*), sum(vcpus), sum(ram_gb), sum(disk_gb), sum(gpus)
    FROM placed WHERE is_first GROUP BY tenant_id ORDER BY tenant_id
    ON CONFLICT DO NOTHING
    RETURNING tenant_id
  ), accepted AS MATERIALIZED (
    SELECT * FROM placed WHERE NOT is_first OR tenant_id IN (SELECT tenant_id FROM first)
  ), charged AS (
    UPDATE quota_usage u
    SET instances = u.instances + more.instances, vcpus = u.vcpus + more.vcpus, ram_gb = u.ram_gb + more.ram_gb,
      disk_gb = u.disk_gb + more.disk_gb, gpus = u.gpus + more.gpus
    FROM (
      SELECT tenant_id, count(*) AS instances, sum(vcpus) AS vcpus, sum(ram_gb) AS ram_gb,
        sum(disk_gb) AS disk_gb, sum(gpus) AS gpus
      FROM accepted WHERE NOT is_first GROUP BY tenant_id
    ) more WHERE u.tenant_id = more.tenant_id
  ), filled AS (
    UPDATE host_inventory c
    SET instances = c.instances + more.instances, vcpus = c.vcpus + more.vcpus, ram_gb = c.ram_gb + more.ram_gb,
      disk_gb = c.disk_gb + more.disk_gb, gpus = c.gpus + more.gpus
    FROM (
      SELECT host_id, count(*) AS instances, sum(vcpus) AS vcpus, sum(ram_gb) AS ram_gb,
        sum(disk_gb) AS disk_gb, sum(gpus) AS gpus
      FROM accepted GROUP BY host_id
    ) more WHERE c.host_id = more.host_id
  )`;

/**
 * Reserves quota and capacity for each instance of `asked` (`id`, `bundle`, `tenant_id`, `flavor`, `host_id`), in bundle
 * order, as far as flavor, limits and capacity allow. A bundle is accepted completely or not at all. `defaults` is the
 * parameter with the default limits as JSON.
 *
 * Yields `accepted` (`id` and the size): create only these instances. Others may have been refused only because of
 * earlier ones in the same statement, so the caller checks and retries.
 */
export const reserve = (defaults: string): string => `${LOCKED}, ${admittedBy(defaults)}, ${CHARGED}`;

/**
 * Reserves what the instance of `growth` needs in addition to its size (`tenant_id`, `host_id`, the amounts), if limits
 * and capacity allow it. `defaults` is the parameter with the default limits as JSON. Yields `held`, the row of `growth`
 * if it fits.
 */
export const reserveMore = (defaults: string): string => `
  used AS MATERIALIZED (
    SELECT u.* FROM quota_usage u JOIN growth ON u.tenant_id = growth.tenant_id FOR UPDATE OF u
  ), room AS MATERIALIZED (
    SELECT c.* FROM host_inventory c JOIN growth ON c.host_id = growth.host_id
    WHERE (SELECT count(*) FROM used) >= 0 FOR UPDATE OF c
  ), held AS MATERIALIZED (
    SELECT growth.* FROM growth
      CROSS JOIN jsonb_to_record(${defaults}::jsonb) AS d(vcpus integer, ram_gb integer, disk_gb integer)
      LEFT JOIN quotas q ON q.tenant_id = growth.tenant_id
      LEFT JOIN used ON true LEFT JOIN room ON true
    WHERE fits(coalesce(used.vcpus, 0), growth.vcpus, coalesce(q.vcpus, d.vcpus))
      AND fits(coalesce(used.ram_gb, 0), growth.ram_gb, coalesce(q.ram_gb, d.ram_gb))
      AND fits(coalesce(used.disk_gb, 0), growth.disk_gb, coalesce(q.disk_gb, d.disk_gb))
      AND (room.host_id IS NULL OR fits(room.vcpus, growth.vcpus, room.total_vcpus)
        AND fits(room.ram_gb, growth.ram_gb, room.total_ram_gb)
        AND fits(room.disk_gb, growth.disk_gb, room.total_disk_gb))
  ), charged AS (
    UPDATE quota_usage u
    SET vcpus = u.vcpus + held.vcpus, ram_gb = u.ram_gb + held.ram_gb, disk_gb = u.disk_gb + held.disk_gb
    FROM held WHERE u.tenant_id = held.tenant_id
  ), filled AS (
    UPDATE host_inventory c
    SET vcpus = c.vcpus + held.vcpus, ram_gb = c.ram_gb + held.ram_gb, disk_gb = c.disk_gb + held.disk_gb
    FROM held WHERE c.host_id = held.host_id
  )`;

/**
 * Locks the usage and capacity rows that count the instance of `old` (`tenant_id`, `host_id`, `counted`); yields
 * `ledger`, one row.
 */
export const LOCK_USAGE = `
  usage_row AS MATERIALIZED (
    SELECT u.tenant_id FROM quota_usage u JOIN old ON u.tenant_id = old.tenant_id AND old.counted
    FOR UPDATE OF u
  ), capacity_row AS MATERIALIZED (
    SELECT c.host_id FROM host_inventory c JOIN old ON c.host_id = old.host_id AND old.counted
    WHERE (SELECT count(*) FROM usage_row) >= 0 FOR UPDATE OF c
  ), ledger AS MATERIALIZED (
    SELECT count(*) AS locked FROM capacity_row
  )`;

/**
 * Releases quota and capacity: `instances` and the amounts of the one row of `source` (`tenant_id`, `host_id`), if it is
 * `counted`.
 */
export const release = (source: string): string => `
  given_back AS (
    UPDATE quota_usage u
    SET instances = u.instances - s.instances, vcpus = u.vcpus - s.vcpus, ram_gb = u.ram_gb - s.ram_gb,
      disk_gb = u.disk_gb - s.disk_gb, gpus = u.gpus - s.gpus
    FROM ${source} s WHERE s.counted AND u.tenant_id = s.tenant_id
  ), freed AS (
    UPDATE host_inventory c
    SET instances = c.instances - s.instances, vcpus = c.vcpus - s.vcpus, ram_gb = c.ram_gb - s.ram_gb,
      disk_gb = c.disk_gb - s.disk_gb, gpus = c.gpus - s.gpus
    FROM ${source} s WHERE s.counted AND c.host_id = s.host_id
  )`;

/**
 * Moves the usage of the one instance of `taken` (`id`, `version`, `host_id` and the amounts) from the tenant `from` to that of
 * `asked`, if its limits allow it. `defaults` is the parameter with the default limits as JSON. Yields `transferred`, the
 * row of `taken` in that case. The instance stays on its host, so capacity does not change.
 *
 * The two rows are not changed together from a UNION: PostgreSQL may evaluate that again, with other results, for a row that a
 * concurrent statement has changed.
 */
export const transferUsage = (from: string, defaults: string): string => `
  used AS MATERIALIZED (
    SELECT u.* FROM quota_usage u
    WHERE u.tenant_id IN (${from}, (SELECT tenant_id FROM asked)) AND (SELECT count(*) FROM taken) > 0
    ORDER BY u.tenant_id FOR UPDATE OF u
  ), permitted AS MATERIALIZED (
    SELECT taken.*, asked.tenant_id, used.tenant_id IS NULL AS is_first FROM taken CROSS JOIN asked
      CROSS JOIN jsonb_to_record(${defaults}::jsonb)
        AS d(instances integer, vcpus integer, ram_gb integer, disk_gb integer, gpus integer)
      LEFT JOIN quotas q ON q.tenant_id = asked.tenant_id
      LEFT JOIN used ON used.tenant_id = asked.tenant_id
    WHERE fits(coalesce(used.instances, 0), 1, coalesce(q.instances, d.instances))
      AND fits(coalesce(used.vcpus, 0), taken.vcpus, coalesce(q.vcpus, d.vcpus))
      AND fits(coalesce(used.ram_gb, 0), taken.ram_gb, coalesce(q.ram_gb, d.ram_gb))
      AND fits(coalesce(used.disk_gb, 0), taken.disk_gb, coalesce(q.disk_gb, d.disk_gb))
      AND fits(coalesce(used.gpus, 0), taken.gpus, coalesce(q.gpus, d.gpus))
  ), first AS (
    -- As in a creation: if a concurrent statement inserts the row, this one does nothing.
    INSERT INTO quota_usage (tenant_id, instances, vcpus, ram_gb, disk_gb, gpus)
    SELECT tenant_id, 1, vcpus, ram_gb, disk_gb, gpus FROM permitted WHERE is_first
    ON CONFLICT DO NOTHING RETURNING tenant_id
  ), transferred AS MATERIALIZED (
    SELECT * FROM permitted WHERE NOT is_first OR EXISTS (SELECT FROM first)
  ), given_back AS (
    UPDATE quota_usage u
    SET instances = u.instances - 1, vcpus = u.vcpus - t.vcpus, ram_gb = u.ram_gb - t.ram_gb,
      disk_gb = u.disk_gb - t.disk_gb, gpus = u.gpus - t.gpus
    FROM transferred t WHERE u.tenant_id = ${from}
  ), charged AS (
    UPDATE quota_usage u
    SET instances = u.instances + 1, vcpus = u.vcpus + t.vcpus, ram_gb = u.ram_gb + t.ram_gb,
      disk_gb = u.disk_gb + t.disk_gb, gpus = u.gpus + t.gpus
    FROM transferred t WHERE u.tenant_id = t.tenant_id AND NOT t.is_first
  )`;

/** The parameter with default limits for `reserve`. */
export function limitsParameter({ instances, vcpus, ramGB, diskGB, gpus }: Amounts): string {
  return JSON.stringify({ instances, vcpus, ram_gb: ramGB, disk_gb: diskGB, gpus });
}
