import { queueMetric } from '../../../integrations/outbox';
import { endFailed, insertOperation, isHeld, ofType } from '../../operations';
import { endAllocation, hasAllocation, release, LOCK_USAGE } from '../../quotas';
import { insertEvent } from '../../resources';
import { HOST_OF_I } from '../../hosts';
import { NEXT_VERSION } from '../store/instance.sql';
import { ATTACHMENT_OF_O } from '../attachments/attachment-args';

/**
 * $1 operation, $2 fence, $3 instance, $4 failure, $5 status or null, $6 reason, $7 id for a cleanup, $8 metric or
 * null, $9 whether it is a creation.
 */
export const FAIL_ACTION = `
  WITH old AS (
    SELECT id, status, tenant_id, ${HOST_OF_I} AS host_id,
      counted AND ($9::boolean OR ${hasAllocation('i.id')}) AS counted
    FROM instances i WHERE id = $3 FOR UPDATE
  ), ${LOCK_USAGE}, settled AS (
    UPDATE resource_operations o
    SET ${endFailed('$4::jsonb')}
    FROM old, ledger WHERE ${isHeld('$1', '$2')}
    RETURNING o.id, o.type, ${ATTACHMENT_OF_O} AS attachment_id, o.request_id, o.traceparent, o.actor
  ), undone AS (
    UPDATE attachments a SET state = 'undoing' FROM settled
    WHERE a.instance_id = $3 AND (settled.type = 'create'
      OR settled.type = 'retain' AND a.state = 'planned'
      OR settled.type = 'attach' AND a.id = settled.attachment_id AND a.state = 'planned')
    RETURNING a.id
  ), moved AS (
    UPDATE instances i
    SET status = coalesce($5::text, i.status), counted = i.counted AND NOT $9::boolean,
      handle = CASE
        WHEN $5::text IN ('stopped', 'error') THEN i.handle - ARRAY['ports', 'addresses']
        WHEN $5::text = 'running' THEN i.handle - 'run'
        ELSE i.handle
      END,
      ${NEXT_VERSION},
      status_reason = CASE WHEN $5::text IS NULL THEN i.status_reason ELSE $6::text END,
      started_at = CASE
        WHEN $5::text = 'running' AND settled.type IN ('reboot', 'rebuild', 'resize') THEN now() ELSE i.started_at
      END
    FROM old, settled WHERE i.id = old.id
    RETURNING i.id, i.version, i.tenant_id, i.type, i.flavor, old.status AS from_status, i.status,
      settled.id AS operation_id, settled.type AS verb, request_id, traceparent, actor,
      old.counted, old.host_id, i.vcpus, i.ram_gb, i.disk_gb, i.gpus
  ), ended AS (
    ${endAllocation('settled', 'a.instance_id = $3')}
  ), returned AS (
    SELECT tenant_id, host_id, counted, 1 AS instances, vcpus, ram_gb, disk_gb, gpus FROM moved WHERE $9::boolean
    UNION ALL
    SELECT moved.tenant_id, moved.host_id, moved.counted, 0, ended.vcpus, ended.ram_gb, ended.disk_gb, 0
    FROM ended JOIN moved ON moved.id = ended.instance_id
  ), ${release('returned')}, cleanup AS (
    ${insertOperation({
      of: 'moved',
      id: '$7',
      ...ofType('cleanup'),
      where: `EXISTS (SELECT FROM undone) OR EXISTS (
        SELECT FROM attachments WHERE instance_id = $3 AND state IN ('undoing', 'releasing')
      ) AND NOT EXISTS (
        SELECT FROM resource_operations
        WHERE resource_id = $3 AND type = 'cleanup' AND status IN ('pending', 'running')
      )`,
    })}
  ), counted AS (
    ${queueMetric('moved', '$8::text')}
  )
  ${insertEvent({ of: 'moved', type: `verb || '.failed'`, from: 'from_status', reason: '$6::text' })} RETURNING 1`;
