import type { LoadRequest } from './load-generator';

export const INSTANCES = '/api/v1/compute/instances';
export const TENANT = 'bench';

/** Body of every create in the bench, both through the API and directly in the database. */
export const NEW_INSTANCE = {
  name: 'web-server',
  type: 'vm',
  flavor: 'small',
  imageId: 'ubuntu-22.04',
  metadata: { application: 'nginx' },
} as const;

/** Creates 100 instances of 10 KB, about the largest possible request with a count. */
export const NEW_LARGE_INSTANCES = JSON.stringify({
  ...NEW_INSTANCE,
  metadata: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`note-${i}`, 'x'.repeat(1000)])),
  count: 100,
});

/** The first id in a response. */
export function idIn(answer: string): string | undefined {
  return /"id":"([0-9a-f-]{36})"/.exec(answer)?.[1];
}

export const CREATE: LoadRequest = {
  method: 'POST',
  path: INSTANCES,
  headers: { 'X-Tenant-ID': TENANT, 'Content-Type': 'application/json' },
  body: JSON.stringify(NEW_INSTANCE),
};

export function getOf(tenantId: string, path: string): LoadRequest {
  return { method: 'GET', path, headers: { 'X-Tenant-ID': tenantId } };
}

export interface Fill {
  readonly count: number;
  /** SQL expression for the tenant, from the row number `i`. */
  readonly tenant: string;
  readonly status: 'running' | 'creating';
}

/** Ascending version 7 ids, one millisecond apart, ending about now. */
function idOf(count: number, salt: string): string {
  const unixMs = `(extract(epoch FROM now()) * 1000)::bigint - ${count} + i`;
  const hash = `md5('${salt}' || i || clock_timestamp())`;
  return `(lpad(to_hex(${unixMs}), 12, '0') || '7' || left(${hash}, 3) || '8' || right(${hash}, 15))::uuid`;
}

/** A statement that inserts instances as the service would. */
export function fillOf({ count, tenant, status }: Fill): string {
  return `
    INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, metadata, driver, handle,
      vcpus, ram_gb, disk_gb, gpus)
    SELECT ${idOf(count, 'instance')}, ${tenant}, 'web-server', 'vm', 'small', 'ubuntu-22.04', '${status}',
      '{"application": "nginx"}', 'simulated',
      ${status === 'running' ? `'{"v": 1, "data": {"power": "running"}}'` : 'NULL'}, 1, 1, 10, 0
    FROM generate_series(1, ${count}) AS i`;
}

/** A statement that inserts instances with one pending creation each, all due at the same time. */
export function backlogOf(count: number, dueInSeconds: number): string {
  return `
    WITH instance AS (
      ${fillOf({ count, tenant: `'${TENANT}'`, status: 'creating' })} RETURNING id, tenant_id
    )
    INSERT INTO resource_operations
      (id, tenant_id, resource_id, type, is_background, status, request_id, host_id, due_at)
    SELECT id, tenant_id, id, 'create', true, 'pending', 'bench', 'simulated', now() + interval '${dueInSeconds} seconds'
    FROM instance`;
}
