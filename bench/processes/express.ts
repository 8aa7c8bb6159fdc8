import express, { type Request, type Response } from 'express';
import { poolOf } from '../support/cluster';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly flavor: string;
  readonly status: string;
  readonly image_id: string;
  readonly network_ids: string[];
  readonly volume_ids: string[];
  readonly created_at: number;
  readonly updated_at: number;
  readonly metadata: Record<string, string>;
  readonly ports: readonly object[];
  readonly addresses: readonly object[];
  readonly status_reason: string | null;
  readonly deletion_protection: boolean;
  readonly autostart: boolean;
  readonly restart_policy: object;
  readonly readiness: object | null;
  readonly ready: boolean | null;
  readonly ready_at: number | null;
  readonly version: number;
}

/** Returns times as numbers, so that creating Date objects does not slow down the comparison. */
const LIST = `
  SELECT id, name, tenant_id, type, flavor, status, image_id, network_ids, volume_ids,
    floor(extract(epoch FROM created_at))::int AS created_at,
    floor(extract(epoch FROM updated_at))::int AS updated_at, metadata, coalesce(handle -> 'ports', '[]') AS ports,
    coalesce(handle -> 'addresses', '[]') AS addresses, guest -> 'readiness' AS readiness, ready,
    floor(extract(epoch FROM ready_at))::int AS ready_at,
    status_reason, deletion_protection, autostart, restart_policy, version
  FROM instances WHERE tenant_id = $1 ORDER BY id DESC LIMIT $2`;

function toInstance(row: Row): object {
  return {
    id: row.id,
    name: row.name,
    tenantId: row.tenant_id,
    type: row.type,
    flavor: row.flavor,
    status: row.status,
    imageId: row.image_id,
    networkIds: row.network_ids,
    volumeIds: row.volume_ids,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    metadata: row.metadata,
    ports: row.ports,
    addresses: row.addresses,
    readiness: row.readiness,
    ready: row.ready,
    readyAt: row.ready_at,
    statusReason: row.status_reason,
    deletionProtection: row.deletion_protection,
    autostart: row.autostart,
    restartPolicy: row.restart_policy,
    version: row.version,
  };
}

/** The baseline: plain Express without any middleware. */
const app = express();

app.get('/health', (_request: Request, response: Response) => {
  response.json({ status: 'healthy', service: 'compute-service' });
});

const databaseUrl = process.env['DATABASE_URL'];
if (databaseUrl !== undefined) {
  const pool = poolOf(databaseUrl);
  app.get('/api/v1/compute/instances', async (request: Request, response: Response) => {
    const values = [request.header('x-tenant-id'), Number(request.query['limit'])];
    const { rows } = await pool.query<Row>({ name: 'list', text: LIST, values });
    response.json({ instances: rows.map(toInstance) });
  });
}

app.listen(Number(process.env['PORT']), '127.0.0.1');
