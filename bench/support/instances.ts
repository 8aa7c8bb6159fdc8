import type { LoadRequest } from './load-generator';

export const INSTANCES = '/api/v1/compute/instances';
export const TENANT = 'bench';

/** What every create of the bench asks for, through the API and past it. */
export const NEW_INSTANCE = {
  name: 'web-server',
  type: 'vm',
  flavor: 'small',
  imageId: 'ubuntu-22.04',
  metadata: { application: 'nginx' },
} as const;

/** Creates 100 instances of 10 KB, which is about the largest request for many. */
export const NEW_LARGE_INSTANCES = JSON.stringify({
  ...NEW_INSTANCE,
  metadata: Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`note-${i}`, 'x'.repeat(1000)])),
  count: 100,
});

/** The first id in an answer. */
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
  /** SQL over the row's number `i` that gives its tenant. */
  readonly tenant: string;
  readonly status: 'running' | 'creating';
}

/** Version 7 ids in ascending order, a millisecond apart, ending about now. */
function idOf(count: number, salt: string): string {
  const unixMs = `(extract(epoch FROM now()) * 1000)::bigint - ${count} + i`;
  const hash = `md5('${salt}' || i || clock_timestamp())`;
  return `(lpad(to_hex(${unixMs}), 12, '0') || '7' || left(${hash}, 3) || '8' || right(${hash}, 15))::uuid`;
}

/** A statement that adds instances as the service writes them. */
export function fillOf({ count, tenant, status }: Fill): string {
  return `
    INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, metadata, driver, handle,
      vcpus, ram_gb, disk_gb, gpus)
    SELECT ${idOf(count, 'instance')}, ${tenant}, 'web-server', 'vm', 'small', 'ubuntu-22.04', '${status}',
      '{"application": "nginx"}', 'simulated',
      ${status === 'running' ? `'{"v": 1, "data": {"power": "running"}}'` : 'NULL'}, 1, 1, 10, 0
    FROM generate_series(1, ${count}) AS i`;
}

/** A statement that adds instances with a pending creation each, all of which become due at one moment. */
export function backlogOf(count: number, dueInSeconds: number): string {
  return `
    WITH instance AS (
      ${fillOf({ count, tenant: `'${TENANT}'`, status: 'creating' })} RETURNING id, tenant_id
    )
    INSERT INTO operations (id, tenant_id, instance_id, type, status, request_id, driver, due_at)
    SELECT id, tenant_id, id, 'create', 'pending', 'bench', 'simulated', now() + interval '${dueInSeconds} seconds'
    FROM instance`;
}
