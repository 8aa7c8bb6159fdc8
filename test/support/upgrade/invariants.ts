import type { Session } from '../../../src/platform/database/database';
import { MISCOUNTED } from '../ledger';

/** Each lists rows of the upgraded database that are wrong. */
const WRONG: Readonly<Record<string, string>> = {
  'the document differs from the row': `
    SELECT id FROM instances i WHERE NOT document::jsonb @> jsonb_build_object(
      'id', id, 'name', name, 'tenantId', tenant_id, 'type', type, 'flavor', flavor, 'status', status,
      'imageId', image_id, 'networkIds', network_ids, 'volumeIds', volume_ids,
      'createdAt', floor(extract(epoch FROM created_at))::bigint,
      'updatedAt', floor(extract(epoch FROM updated_at))::bigint, 'metadata', metadata,
      'ports', coalesce(handle -> 'ports', '[]'), 'addresses', coalesce(handle -> 'addresses', '[]'),
      'statusReason', status_reason,
      'deletionProtection', deletion_protection, 'autostart', autostart, 'restartPolicy', restart_policy,
      'version', version)`,
  'attachments differ from the ids in the row': `
    SELECT id FROM instances i CROSS JOIN LATERAL (
      SELECT coalesce(array_agg(resource_id ORDER BY resource_id) FILTER (WHERE kind = 'network'), '{}') AS networks,
        coalesce(array_agg(resource_id) FILTER (WHERE kind = 'volume'), '{}') AS volumes
      FROM attachments a WHERE a.instance_id = i.id AND a.state = 'attached') AS attached
    WHERE (network_ids, volume_ids) IS DISTINCT FROM (networks, volumes)`,
  'the size is not that of the flavor': `
    SELECT i.id FROM instances i JOIN flavors f ON f.name = i.flavor
    WHERE (i.vcpus, i.ram_gb, i.disk_gb, i.gpus) <> (f.vcpus, f.ram_gb, f.disk_gb, f.gpus)`,
  'counts although its creation failed, or does not count': `
    SELECT id FROM instances i WHERE counted = EXISTS (
      SELECT FROM resource_operations o WHERE o.resource_id = i.id AND o.type = 'create' AND o.status = 'failed')`,
  'an open operation has another host than its instance': `
    SELECT o.id FROM resource_operations o JOIN instances i ON i.id = o.resource_id
    WHERE o.status IN ('pending', 'running') AND o.host_id <> coalesce(i.host_id, i.driver)`,
  'an attach or detach has no attachment among its arguments': `
    SELECT id FROM resource_operations
    WHERE type IN ('attach', 'detach') AND (args ->> 'attachmentId')::uuid IS NULL`,
  'no deletion is forced': `
    SELECT true WHERE NOT EXISTS (SELECT FROM resource_operations WHERE args ->> 'force' = 'true')
      AND EXISTS (SELECT FROM resource_operations WHERE args ? 'attachmentId')`,
  'an open operation is in the wrong group': `
    SELECT id FROM resource_operations
    WHERE status IN ('pending', 'running') AND is_background <> (type IN ('create', 'restart', 'cleanup'))`,
  'usage is not a recount': MISCOUNTED,
};

export async function wrongRows(session: Session): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [title, text] of Object.entries(WRONG)) {
    const rows = await session.query<Readonly<Record<string, string>>>({
      name: '',
      text: `${text} LIMIT 3`,
      values: [],
    });
    if (rows.length > 0) found.push(`${title}: ${JSON.stringify(rows)}`);
  }
  return found;
}
