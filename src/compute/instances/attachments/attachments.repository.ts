import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database';
import { recordKey } from '../../../access/idempotency';
import type { Attachment, NewAttachment } from './attachment';
import { toPlannedRow, volumeTaken } from './attachment.row';
import type { InstanceDocument } from '../instance';
import { InstanceSignals } from '../store/instance-signals';
import { keyRecordOf, type InstanceRef, type NewOperation } from '../actions/actions.repository';

export type AttachmentRef = Pick<Attachment, 'kind'> & { readonly resourceId: string };

/** Reuses an existing attachment; returns no row for one that is being released. */
const BEGIN_ATTACH = `
  WITH old AS (
    SELECT id FROM instances WHERE id = $2 AND tenant_id = $1 AND version = $3 FOR UPDATE
  ), attachment AS (
    INSERT INTO attachments
      (id, tenant_id, instance_id, kind, resource_id, spec, delete_on_termination, state, unchecked)
    SELECT given.id, $1, old.id, kind, resource_id, spec, delete_on_termination, state, unchecked
    FROM old, jsonb_to_record($4::jsonb) AS given(
      id uuid, kind text, resource_id text, spec jsonb, delete_on_termination boolean, state text,
      unchecked boolean
    )
    ON CONFLICT (instance_id, kind, resource_id) DO UPDATE SET state = attachments.state
      WHERE attachments.state IN ('planned', 'attached')
    RETURNING id
  ), moved AS (
    UPDATE instances i SET version = version + 1, updated_at = now()
    FROM attachment WHERE i.id = $2
    RETURNING i.id, tenant_id, version, status, document, driver, attachment.id AS attachment_id
  ), operation AS (
    INSERT INTO operations
      (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, driver, attachment_id)
    SELECT $5, tenant_id, id, 'attach', 'pending', $6, $7, $8, driver, attachment_id FROM moved
  ), event AS (
    INSERT INTO instance_events
      (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
    SELECT id, version, tenant_id, 'attach.requested', status, status, $6, $5, $8 FROM moved
  ), key_record AS (${recordKey('moved', '$9::jsonb')})
  SELECT document, version FROM moved`;

/** Attachments of one tenant's instances, as changed by the tenant. */
@Injectable()
export class AttachmentsRepository {
  constructor(
    private readonly database: Database,
    private readonly signals: InstanceSignals,
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
        values: [
          tenantId,
          ref.id,
          ref.version,
          JSON.stringify(toPlannedRow(planned)),
          operation.id,
          operation.requestId,
          operation.traceparent,
          operation.actor,
          keyRecordOf(operation, ref.id),
        ],
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
      text: `
        WITH old AS (
          SELECT id FROM instances WHERE id = $2 AND tenant_id = $1 AND version = $3 FOR UPDATE
        ), moved AS (
          UPDATE instances i SET version = version + 1, updated_at = now()
          FROM old, attachments a
          WHERE i.id = old.id AND a.id = $4 AND a.instance_id = old.id AND a.state IN ('planned', 'attached')
          RETURNING i.id, i.tenant_id, version, status, document, i.driver
        ), operation AS (
          INSERT INTO operations
            (id, tenant_id, instance_id, type, status, request_id, traceparent, actor, driver, attachment_id)
          SELECT $5, tenant_id, id, 'detach', 'pending', $6, $7, $8, driver, $4 FROM moved
        ), event AS (
          INSERT INTO instance_events
            (instance_id, version, tenant_id, type, from_status, to_status, request_id, operation_id, actor)
          SELECT id, version, tenant_id, 'detach.requested', status, status, $6, $5, $8 FROM moved
        ), key_record AS (${recordKey('moved', '$9::jsonb')})
        SELECT document, version FROM moved`,
      values: [
        tenantId,
        ref.id,
        ref.version,
        attachmentId,
        operation.id,
        operation.requestId,
        operation.traceparent,
        operation.actor,
        keyRecordOf(operation, ref.id),
      ],
    });
    if (row) this.signals.changed(tenantId, ref.id);
    return row;
  }

  /** Makes the clean-ups of an instance due now, because a request waits for them. Returns the id of one. */
  async hurryCleanup(tenantId: string, instanceId: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ id: string }>({
      name: 'attachment_hurry_cleanup',
      text: `
        WITH open AS MATERIALIZED (
          SELECT id FROM operations
          WHERE tenant_id = $1 AND instance_id = $2 AND type = 'cleanup' AND status IN ('pending', 'running')
          ORDER BY id FOR UPDATE
        )
        UPDATE operations o SET due_at = CASE WHEN status = 'pending' THEN now() ELSE due_at END
        FROM open WHERE o.id = open.id RETURNING o.id`,
      values: [tenantId, instanceId],
    });
    return row?.id;
  }
}
