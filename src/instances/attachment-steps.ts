import { Injectable } from '@nestjs/common';
import { AppError } from '../common/errors/app.error';
import { passed } from '../common/steps';
import { AppConfig } from '../config';
import {
  NeighbourError,
  NeighbourRefusedError,
  NetworkClient,
  ReferenceRefusedError,
  StorageClient,
  type CallContext,
} from '../integrations';
import type { ClaimedOperation } from '../operations';
import type { Attachment } from './attachment';
import { AttachmentRecords } from './attachment-records.repository';

/** Of the time of a call: a neighbour that has not done by then what it was asked to will not do it. */
const LATE_FACTOR = 5;

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
  private readonly lateMs: number;

  constructor(
    private readonly records: AttachmentRecords,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
    { neighbours }: AppConfig,
  ) {
    this.lateMs = LATE_FACTOR * neighbours.timeoutMs;
  }

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
      await this.storage.awaitAttachable(context, resourceId, instanceId);
      await this.changing(operation, attachment, () => this.storage.attach(context, resourceId, instanceId));
      passed('volume.attached', instanceId);
    }
    await this.record(attachment, this.records.attached(operation, attachment));
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
    // What was found so far is gone; what may still come has to be waited for.
    if (attachment.isDoubtful) throw await this.pending(attachment);
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
    const client = kind === 'network' ? this.network : this.storage;
    const earlier = await client.findMade(context, madeFor);
    if (earlier === undefined && attachment.isDoubtful) throw await this.pending(attachment);
    const resourceId =
      earlier ??
      (await this.changing(operation, attachment, () =>
        attachment.kind === 'network'
          ? this.network.make(context, specOf(attachment), madeFor)
          : this.storage.make(context, specOf(attachment), madeFor),
      ));
    passed(`${kind}.made`, instanceId);
    await this.record(attachment, this.records.made(operation, attachment, resourceId));
    passed(`${kind}.id_recorded`, instanceId);
    return resourceId;
  }

  /**
   * A call that changes something at a neighbour, written down before. Where its answer is lost, or this
   * process with it, the row says until when it may still take effect.
   */
  private async changing<T>(
    operation: ClaimedOperation,
    attachment: Attachment,
    call: () => Promise<T>,
  ): Promise<T> {
    assertOurs(await this.records.doubt(operation, attachment, this.lateMs));
    try {
      return await call();
    } catch (error) {
      const didNothing =
        error instanceof ReferenceRefusedError ||
        error instanceof NeighbourRefusedError ||
        (error instanceof NeighbourError && error.isOutcomeKnown);
      if (didNothing) await this.trust(attachment);
      throw error;
    }
  }

  /** The answer is here, and what it says is written down where that is still ours to do. */
  private async record(attachment: Attachment, writing: Promise<boolean>): Promise<void> {
    const isOurs = await writing;
    if (!isOurs) await this.trust(attachment);
    assertOurs(isOurs);
  }

  private async pending(attachment: Attachment): Promise<NeighbourError> {
    await this.records.limitDoubt(attachment, this.lateMs);
    return new NeighbourError({
      service: attachment.kind === 'network' ? 'Network' : 'Storage',
      call: `look after attachment ${attachment.id}`,
      reason: 'it has not answered an earlier call, which may still take effect',
      isOutcomeKnown: true,
    });
  }

  /** Nothing of ours is under way any more; of what an earlier attempt sent, that is not known. */
  private async trust(attachment: Attachment): Promise<void> {
    if (!attachment.isDoubtful) await this.records.trust(attachment);
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
