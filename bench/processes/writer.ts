import { v7 } from 'uuid';
import { poolOf, POOL_SIZE } from '../support/cluster';
import { serve } from '../support/helper';
import { NEW_INSTANCE, TENANT } from '../support/instances';
import type { WriterResult } from '../support/writer';

/** The rows of one create in a transaction of their own and a single round trip: the minimum work for the database. */
const CREATE = {
  name: 'create',
  text: `
    WITH instance AS (
      INSERT INTO instances (id, tenant_id, name, type, flavor, image_id, status, metadata, driver,
        vcpus, ram_gb, disk_gb, gpus)
      VALUES ($1, $2, $3, $4, $5, $6, 'creating', $7, 'simulated', 1, 1, 10, 0)
      RETURNING id, tenant_id, version, status, document
    ), operation AS (
      INSERT INTO resource_operations (id, tenant_id, resource_id, type, is_background, status, request_id, host_id)
      SELECT $8, tenant_id, id, 'create', true, 'pending', $9, 'simulated' FROM instance
    ), event AS (
      INSERT INTO resource_events
        (resource_id, version, tenant_id, type, from_status, to_status, request_id, operation_id)
      SELECT id, version, tenant_id, 'create.requested', NULL, status, $9, $8 FROM instance
    )
    SELECT document, version FROM instance`,
};

const pool = poolOf(process.env['DATABASE_URL'] ?? 'the bench sets it');

serve(async (task) => {
  if (typeof task !== 'object' || task === null || !('seconds' in task) || typeof task.seconds !== 'number') {
    throw new TypeError('say how many seconds');
  }
  return write(task.seconds);
});

/** As many writers as the service has connections, each running one transaction after the other. */
async function write(seconds: number): Promise<WriterResult> {
  const started = performance.now();
  const end = started + seconds * 1000;
  let written = 0;
  const writer = async (): Promise<void> => {
    while (performance.now() < end) {
      await create();
      written++;
    }
  };
  await Promise.all(Array.from({ length: POOL_SIZE }, writer));
  return { written, perSecond: written / ((performance.now() - started) / 1000) };
}

async function create(): Promise<void> {
  const { name, type, flavor, imageId, metadata } = NEW_INSTANCE;
  const values = [v7(), TENANT, name, type, flavor, imageId, JSON.stringify(metadata), v7(), v7()];
  await pool.query({ ...CREATE, values });
}
