import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { ofType } from '../../operations';
import type { Attachment, NewAttachment } from './attachment';
import { toPlannedRow, volumeTaken } from './attachment.row';
import type { InstanceDocument } from '../instance';
import { ResourceSignals } from '../../resources';
import type { InstanceRef, NewOperation } from '../actions/change-request';
import { begin, beginValues, IS_AS_READ } from '../actions/begin.sql';
import { HOST_OF_I } from '../../hosts';
import { NEXT_VERSION } from '../store/instance.sql';
import { attachmentArgs } from './attachment-args';

export type AttachmentRef = Pick<Attachment, 'kind'> & { readonly resourceId: string };

/** Reuses an existing attachment; returns no row for one that is being released. */
const BEGIN_ATTACH = `
  WITH old AS (
    SELECT id FROM instances WHERE ${IS_AS_READ} FOR UPDATE
  ), attachment AS (
    INSERT INTO attachments
      (id, tenant_id, instance_id, kind, resource_id, spec, delete_on_termination, state, unchecked)
    SELECT given.id, $1, old.id, kind, resource_id, spec, delete_on_termination, state, unchecked
    FROM old, jsonb_to_record($9::jsonb) AS given(
      id uuid, kind text, resource_id text, spec jsonb, delete_on_termination boolean, state text,
      unchecked boolean
    )
    ON CONFLICT (instance_id, kind, resource_id) DO UPDATE SET state = attachments.state
      WHERE attachments.state IN ('planned', 'attached')
    RETURNING id
  ), moved AS (
    UPDATE instances i SET ${NEXT_VERSION}
    FROM attachment WHERE i.id = $2
    RETURNING i.id, tenant_id, version, status, document, ${HOST_OF_I} AS host_id, attachment.id AS attachment_id
  ), ${begin({ ...ofType('attach'), args: attachmentArgs('attachment_id') })}
  SELECT document, version FROM moved`;

const BEGIN_DETACH = `
  WITH old AS (
    SELECT id FROM instances WHERE ${IS_AS_READ} FOR UPDATE
  ), moved AS (
    UPDATE instances i SET ${NEXT_VERSION}
    FROM old, attachments a
    WHERE i.id = old.id AND a.id = $9 AND a.instance_id = old.id AND a.state IN ('planned', 'attached')
    RETURNING i.id, i.tenant_id, version, status, document, ${HOST_OF_I} AS host_id, a.id AS attachment_id
  ), ${begin({ ...ofType('detach'), args: attachmentArgs('attachment_id') })}
  SELECT document, version FROM moved`;

/** Attachments of one tenant's instances, as changed by the tenant. */
@Injectable()
export class AttachmentsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: ResourceSignals,
  ) {}

  /** Number of attachments of a kind, including those being released. */
  async count(tenantId: string, instanceId: string, kind: Attachment['kind']): Promise<number> {
    const { count } = await this.database.one<{ count: number }>({
      name: 'attachments_count',
      text: `
        SELECT count(*)::int AS count FROM attachments
        WHERE tenant_id = $1 AND instance_id = $2 AND kind = $3`,
      values: [tenantId, instanceId, kind],
    });
    return count;
  }

  /** Undefined if the resource is not attached to the instance. */
  async find(
    tenantId: string,
    instanceId: string,
    { kind, resourceId }: AttachmentRef,
  ): Promise<Pick<Attachment, 'id' | 'state'> | undefined> {
    const [row] = await this.database.query<Pick<Attachment, 'id' | 'state'>>({
      name: 'attachment_find',
      text: `
        SELECT id, state FROM attachments
        WHERE tenant_id = $1 AND instance_id = $2 AND kind = $3 AND resource_id = $4`,
      values: [tenantId, instanceId, kind, resourceId],
    });
    return row;
  }

  /**
   * Records the attachment and starts the operation that establishes it. An existing attachment is established again;
   * one that is being released is left alone.
   * @returns undefined if the instance has changed since it was read, or if the attachment is being released.
   * @throws {ReferenceRefusedError} if another instance has the volume.
   */
  async beginAttach(
    tenantId: string,
    ref: InstanceRef,
    planned: NewAttachment,
    operation: NewOperation,
  ): Promise<InstanceDocument | undefined> {
    try {
      const [row] = await this.database.query<InstanceDocument>({
        name: 'attachment_begin',
        text: BEGIN_ATTACH,
        values: [...beginValues(tenantId, ref, operation), JSON.stringify(toPlannedRow(planned))],
      });
      if (row) this.signals.changed(tenantId, ref.id);
      return row;
    } catch (error) {
      throw volumeTaken(error, planned) ?? error;
    }
  }

  /** Starts the release; undefined if the instance or the attachment has changed since it was read. */
  async beginDetach(
    tenantId: string,
    ref: InstanceRef,
    attachmentId: string,
    operation: NewOperation,
  ): Promise<InstanceDocument | undefined> {
    const [row] = await this.database.query<InstanceDocument>({
      name: 'attachment_begin_detach',
      text: BEGIN_DETACH,
      values: [...beginValues(tenantId, ref, operation), attachmentId],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /** Makes the cleanups of an instance due now, because a request waits for them. Returns the id of one. */
  async hurryCleanup(tenantId: string, instanceId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>({
      name: 'attachment_hurry_cleanup',
      text: `
        WITH open AS MATERIALIZED (
          SELECT id FROM resource_operations
          WHERE tenant_id = $1 AND resource_id = $2 AND type = 'cleanup' AND status IN ('pending', 'running')
          ORDER BY id FOR UPDATE
        )
        UPDATE resource_operations o SET due_at = CASE WHEN status = 'pending' THEN now() ELSE due_at END
        FROM open WHERE o.id = open.id RETURNING o.id`,
      values: [tenantId, instanceId],
    });
    return row?.id;
  }
}
