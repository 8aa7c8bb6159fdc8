/**
 * SQL for `allocations`: what an instance holds in addition to its size while an operation may give it another one. An
 * allocation belongs to its operation, and ends with the operation or with the instance.
 */

/** Inserts the allocation of `of`: `id` of the instance, `tenant_id`, `host_id` and the amounts. */
export const allocate = (of: string, operationId: string): string => `
  INSERT INTO allocations (instance_id, operation_id, tenant_id, host_id, vcpus, ram_gb, disk_gb)
  SELECT id, ${operationId}, tenant_id, host_id, vcpus, ram_gb, disk_gb FROM ${of}`;

/** Whether the operation has an allocation for the instance. */
export const hasAllocation = (instanceId: string, operationId: string): string =>
  `EXISTS (SELECT FROM allocations a WHERE a.instance_id = ${instanceId} AND a.operation_id = ${operationId})`;

/** Ends the allocations that match; yields them. */
export const endAllocation = (from: string, condition: string): string =>
  `DELETE FROM allocations a USING ${from} WHERE ${condition} RETURNING a.*`;
