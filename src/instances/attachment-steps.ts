import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app.error';
import { passed } from '../common/steps';
import { NetworkClient, StorageClient, type CallContext } from '../integrations';
import type { ClaimedOperation } from '../operations';
import type { Attachment } from './attachment';
import { AttachmentRecords } from './attachment-records.repository';

/**
 * How something is given up: `undo` as if it had never been, `terminate` as at the end of an instance
 * (what was made stays unless it was to be deleted then), `detach` so that it stays in any case.
 */
export type Release = 'undo' | 'terminate' | 'detach';

/**
 * Brings about and gives up the attachments of an instance, one step after the other. Every step ends
 * in the same state however often it is done, and is written down before the next one: whoever comes
 * after a crash does the last one again.
 */
@Injectable()
export class AttachmentSteps {
  constructor(
    private readonly records: AttachmentRecords,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
  ) {}

  /** Whether another service keeps attachments, which outlive an instance that is just forgotten. */
  get areElsewhere(): boolean {
    return this.storage.isEnabled;
  }

  /** Oldest first; also of an instance that is gone. */
  of(instanceId: string): Promise<readonly Attachment[]> {
    return this.records.of(instanceId);
  }

  /** Makes it where it is to be made, attaches it, and shows it on the instance; gives its id. */
  async establish(operation: ClaimedOperation, attachment: Attachment, signal: AbortSignal): Promise<string> {
    const { kind, instanceId } = attachment;
    const context = contextOf(operation, signal);
    const resourceId = attachment.resourceId ?? (await this.make(operation, attachment, context));
    if (kind === 'volume') {
      await this.storage.attach(context, resourceId, instanceId);
      passed('volume.attached', instanceId);
    }
    assertOurs(await this.records.attached(operation, attachment));
    passed(`${kind}.attachment_recorded`, instanceId);
    return resourceId;
  }

  async release(
    operation: ClaimedOperation,
    attachment: Attachment,
    { as, signal }: { as: Release; signal: AbortSignal },
  ): Promise<void> {
    const { id, kind, instanceId, resourceId, spec, deleteOnTermination } = attachment;
    const context = contextOf(operation, signal);
    if (kind === 'volume' && resourceId !== null) {
      await this.storage.detach(context, resourceId, instanceId);
      passed('volume.detached', instanceId);
    }
    if (spec !== null) {
      // Where an answer was lost there may be more than the one that is known: those go in any case.
      const goes = as === 'undo' || (as === 'terminate' && deleteOnTermination);
      const client = kind === 'network' ? this.network : this.storage;
      await client.removeMade(context, { instanceId, attachmentId: id }, goes ? null : resourceId);
      passed(`${kind}.removed`, instanceId);
    }
    assertOurs(await this.records.released(operation, attachment));
    passed(`${kind}.release_recorded`, instanceId);
  }

  /** The instance is gone or going: nothing may stay attached to it, also what was attached past this service. */
  async detachAll(operation: ClaimedOperation, signal: AbortSignal): Promise<void> {
    await this.storage.detachAll(contextOf(operation, signal), operation.instanceId);
    passed('instance.detached', operation.instanceId);
  }

  private async make(
    operation: ClaimedOperation,
    attachment: Attachment,
    context: CallContext,
  ): Promise<string> {
    const { id, kind, instanceId } = attachment;
    const madeFor = { instanceId, attachmentId: id };
    const resourceId =
      attachment.kind === 'network'
        ? await this.network.make(context, specOf(attachment), madeFor)
        : await this.storage.make(context, specOf(attachment), madeFor);
    passed(`${kind}.made`, instanceId);
    assertOurs(await this.records.made(operation, attachment, resourceId));
    passed(`${kind}.id_recorded`, instanceId);
    return resourceId;
  }
}

function specOf<T>({ id, spec }: { readonly id: string; readonly spec: T | null }): T {
  if (spec === null) throw new Error(`attachment ${id} has neither an id nor a specification`);
  return spec;
}

function contextOf({ tenantId, requestId, traceparent }: ClaimedOperation, signal: AbortSignal): CallContext {
  return { tenantId, requestId, traceparent, signal };
}

function assertOurs(isOurs: boolean): void {
  if (!isOurs) throw new OperationLostError();
}

/** Another worker has the operation, or it was cancelled: the rest is not ours to do. */
class OperationLostError extends AppError {
  constructor() {
    super('conflict', 'operation_lost', 'the operation belongs to another worker');
  }
}
