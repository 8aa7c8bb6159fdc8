import { violates } from '../../../platform/database';
import { ReferenceRefusedError } from '../../../integrations';
import type { Attachment, NewAttachment, AttachmentSpec } from './attachment';

/** A row of `attachments` as JSON in the shape of `Attachment`. */
export const ATTACHMENT_JSON = `json_build_object('id', id, 'tenantId', tenant_id, 'instanceId', instance_id,
  'kind', kind, 'resourceId', resource_id, 'spec', spec, 'deleteOnTermination', delete_on_termination,
  'state', state, 'isDoubtful', coalesce(doubtful_until > now(), false))`;

/** All attachments of an instance `i`, oldest first. */
export const ATTACHMENTS_OF_I = `(SELECT coalesce(json_agg(${ATTACHMENT_JSON} ORDER BY id), '[]')
  FROM attachments WHERE instance_id = i.id)`;

export interface AttachmentRow {
  readonly attachment: Attachment;
}

/** A row for `jsonb_to_record`. */
export function toPlannedRow(planned: NewAttachment): object {
  const isNew = 'spec' in planned;
  return {
    id: planned.id,
    kind: planned.kind,
    resource_id: isNew ? null : planned.resourceId,
    spec: isNew ? planned.spec : null,
    delete_on_termination: isNew && planned.deleteOnTermination,
    state: planned.state,
    unchecked: planned.isUnchecked,
  };
}

/** The error to report if the database refuses a volume that another instance has. */
export function volumeTaken(
  error: unknown,
  ...planned: readonly AttachmentSpec[]
): ReferenceRefusedError | undefined {
  if (!violates(error, 'attachments_volume')) return undefined;
  const [volumeId = ''] = planned.flatMap((one) =>
    one.kind === 'volume' && 'resourceId' in one ? [one.resourceId] : [],
  );
  return ReferenceRefusedError.volumeNotAvailable(volumeId);
}
