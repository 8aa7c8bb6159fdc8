/**
 * SQL for `allocations`: what an instance holds in addition to its size while an operation may give it another one. An
 * allocation ends with its operation. If a deletion cancels that operation, it ends with the deletion.
 */

/** Inserts the allocation of `of`: `id` of the instance, `tenant_id`, `host_id`, the new `flavor` and the amounts. */
export const allocate = (of: string, operationId: string): string => `
  INSERT INTO allocations (instance_id, operation_id, tenant_id, host_id, flavor, vcpus, ram_gb, disk_gb)
  SELECT id, ${operationId}, tenant_id, host_id, flavor, vcpus, ram_gb, disk_gb FROM ${of}`;

/** Whether the instance has an allocation. */
export const hasAllocation = (instanceId: string): string =>
  `EXISTS (SELECT FROM allocations a WHERE a.instance_id = ${instanceId})`;

/** Ends the allocations that match; yields them. */
export const endAllocation = (from: string, condition: string): string =>
  `DELETE FROM allocations a USING ${from} WHERE ${condition} RETURNING a.*`;
