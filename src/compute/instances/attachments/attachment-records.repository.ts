import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { isHeld, type ClaimedOperation } from '../../operations';
import type { Attachment } from './attachment';
import { insertEvent, ResourceSignals } from '../../resources';
import { NEXT_VERSION } from '../store/instance.sql';
import { ATTACHMENT_JSON, type AttachmentRow } from './attachment.row';

type Holding = Pick<ClaimedOperation, 'id' | 'fence' | 'tenantId' | 'resourceId'>;

/**
 * Progress of attachments, recorded by the worker that holds the operation, for any tenant. The result false means that
 * the lease was lost and nothing was written.
 */
@Injectable()
export class AttachmentRecords {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Oldest first; works for deleted instances, too. */
  async of(instanceId: string): Promise<readonly Attachment[]> {
    const rows = await this.database.query<AttachmentRow>({
      name: 'attachments_of',
      text: `SELECT ${ATTACHMENT_JSON} AS attachment FROM attachments WHERE instance_id = $1 ORDER BY id`,
      values: [instanceId],
    });
    return rows.map(({ attachment }) => attachment);
  }

  /**
   * Marks the attachment as in doubt before a call that changes something at a platform service: until the outcome is
   * recorded, or for at most `forMs`, the call may take effect unnoticed.
   */
  async markInDoubt(operation: Holding, { id }: Attachment, forMs: number): Promise<boolean> {
    const rows = await this.database.query({
      name: 'attachment_mark_in_doubt',
      text: `
        WITH held AS (
          SELECT o.id FROM resource_operations o WHERE ${isHeld('$1', '$2')} FOR UPDATE
        )
        UPDATE attachments a SET doubtful_until = greatest(
          doubtful_until, now() + $4::int * interval '1 millisecond'
        ) FROM held WHERE a.id = $3 RETURNING a.id`,
      values: [operation.id, operation.fence, id, forMs],
    });
    return rows.length > 0;
  }

  /** Ends a doubt at most `maxMs` from now: the clock may have been set back since it began. */
  async limitDoubt({ id }: Attachment, maxMs: number): Promise<void> {
    await this.database.query({
      name: 'attachment_limit_in_doubt',
      text: `
        UPDATE attachments SET doubtful_until = now() + $2::int * interval '1 millisecond'
        WHERE id = $1 AND doubtful_until > now() + $2::int * interval '1 millisecond'`,
      values: [id, maxMs],
    });
  }

  /** Clears the doubt: the call is known to have had no effect. */
  async clearInDoubt({ id }: Attachment): Promise<void> {
    await this.database.query({
      name: 'attachment_clear_in_doubt',
      text: 'UPDATE attachments SET doubtful_until = NULL WHERE id = $1',
      values: [id],
    });
  }

  /** Records the id of the created resource. */
  async made(operation: Holding, { id }: Attachment, resourceId: string): Promise<boolean> {
    const rows = await this.database.query({
      name: 'attachment_made',
      text: `
        WITH held AS (
          SELECT o.id FROM resource_operations o WHERE ${isHeld('$1', '$2')} FOR UPDATE
        )
        UPDATE attachments a SET resource_id = $4, doubtful_until = NULL FROM held WHERE a.id = $3 RETURNING a.id`,
      values: [operation.id, operation.fence, id, resourceId],
    });
    return rows.length > 0;
  }

  /** Marks it as attached and shows it on the instance. */
  async attached(operation: Holding, { id }: Attachment): Promise<boolean> {
    const rows = await this.database.query({
      name: 'attachment_attached',
      text: `
        WITH old AS (
          SELECT id FROM instances WHERE id = $3 FOR UPDATE
        ), held AS (
          SELECT o.id, o.request_id, o.actor FROM resource_operations o, old
          WHERE ${isHeld('$1', '$2')} FOR UPDATE OF o
        ), attached AS (
          UPDATE attachments a SET state = 'attached', doubtful_until = NULL FROM held WHERE a.id = $4
          RETURNING kind, resource_id, held.id AS operation_id, held.request_id, held.actor
        ), moved AS (
          UPDATE instances i
          SET network_ids = CASE WHEN kind = 'network' THEN array_append(array_remove(network_ids, resource_id), resource_id)
              ELSE network_ids END,
            volume_ids = CASE WHEN kind = 'volume' THEN array_append(array_remove(volume_ids, resource_id), resource_id)
              ELSE volume_ids END,
            ${NEXT_VERSION}
          FROM attached WHERE i.id = $3
          RETURNING i.id, version, tenant_id, status, kind, resource_id, operation_id, request_id, actor
        )
        ${insertEvent({ of: 'moved', type: `kind || '.attached'`, reason: 'resource_id' })} RETURNING 1`,
      values: [operation.id, operation.fence, operation.resourceId, id],
    });
    return this.changed(operation, rows.length > 0);
  }

  /** Deletes the record and removes the resource from the instance, if that still exists. */
  async released(operation: Holding, { id }: Attachment): Promise<boolean> {
    const rows = await this.database.query({
      name: 'attachment_released',
      text: `
        WITH old AS (
          SELECT id FROM instances WHERE id = $3 FOR UPDATE
        ), held AS (
          SELECT o.id, o.request_id, o.actor FROM resource_operations o LEFT JOIN old ON true
          WHERE ${isHeld('$1', '$2')} FOR UPDATE OF o
        ), released AS (
          DELETE FROM attachments a USING held WHERE a.id = $4
          RETURNING kind, resource_id, held.id AS operation_id, held.request_id, held.actor
        ), moved AS (
          UPDATE instances i
          SET network_ids = CASE WHEN kind = 'network' THEN array_remove(network_ids, resource_id) ELSE network_ids END,
            volume_ids = CASE WHEN kind = 'volume' THEN array_remove(volume_ids, resource_id) ELSE volume_ids END,
            ${NEXT_VERSION}
          FROM released WHERE i.id = $3
          RETURNING i.id, version, tenant_id, status, kind, resource_id, operation_id, request_id, actor
        ), event AS (
          ${insertEvent({ of: 'moved', type: `kind || '.detached'`, reason: 'resource_id' })}
        )
        SELECT 1 FROM held`,
      values: [operation.id, operation.fence, operation.resourceId, id],
    });
    return this.changed(operation, rows.length > 0);
  }

  private changed({ tenantId, resourceId }: Holding, isWritten: boolean): boolean {
    if (isWritten) this.signals.changed(tenantId, resourceId);
    return isWritten;
  }
}
