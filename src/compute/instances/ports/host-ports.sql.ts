/**
 * Reserves the host ports that the instances of `of` (`id`, `tenant_id`, `host_id`, `guest`) request. A violation of
 * `host_ports_pkey` means that another instance on the host has one of them. The rows are deleted with the instance,
 * whatever deletes it.
 */
export const reserveHostPorts = (of: string): string => `
  INSERT INTO host_ports (host_id, protocol, port, tenant_id, instance_id)
  SELECT ${of}.host_id, one.protocol, one."hostPort", ${of}.tenant_id, ${of}.id
  FROM ${of}, jsonb_to_recordset(${of}.guest -> 'ports') AS one(protocol text, "hostPort" integer)
  WHERE one."hostPort" IS NOT NULL
  -- A fixed order, so that two creates with the same ports cannot deadlock.
  ORDER BY 1, 2, 3`;
