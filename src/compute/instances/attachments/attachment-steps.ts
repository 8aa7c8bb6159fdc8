import { Injectable } from '@nestjs/common';
import { failpoint } from '../../../platform/failpoints';
import { PlatformServicesConfig } from '../../../integrations/platform-services.config';
import {
  PlatformServiceError,
  PlatformServiceRefusedError,
  NetworkClient,
  ReferenceRefusedError,
  StorageClient,
  type CallContext,
} from '../../../integrations';
import { FairSemaphore } from '../../../platform/async/fair-semaphore';
import { claimGroupOf, OperationLostError, type ClaimedOperation } from '../../operations';
import type { Attachment } from './attachment';
import { AttachmentRecords } from './attachment-records.repository';

/** Concurrent operations of a replica that call platform services; the clients limit individual calls, too. */
const CALLERS = 256;
/** Multiple of the call timeout after which a platform service is assumed not to act on a request. */
const LATE_FACTOR = 5;

/**
 * How an attachment is released: `undo` deletes what was created for it, `terminate` deletes that only with
 * `deleteOnTermination`, `detach` keeps it.
 */
export type Release = 'undo' | 'terminate' | 'detach';

/**
 * Establishes and releases the attachments of an instance, step by step. Every step is idempotent and recorded before
 * the next one, so after a crash the last step is repeated.
 */
@Injectable()
export class AttachmentSteps {
  private readonly lateMs: number;
  private readonly callers = new FairSemaphore({ atOnce: CALLERS });

  constructor(
    private readonly records: AttachmentRecords,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
    { timeoutMs }: PlatformServicesConfig,
  ) {
    this.lateMs = LATE_FACTOR * timeoutMs;
  }

  /** Whether Storage keeps attachments, which then outlive an instance that is only deleted here. */
  get areElsewhere(): boolean {
    return this.storage.isEnabled;
  }

  /** A worker holds thousands of operations, but only some call platform services at once; tenants take turns. */
  inTurn(
    operation: Pick<ClaimedOperation, 'tenantId' | 'isBackground'>,
    signal: AbortSignal,
    task: () => Promise<void>,
  ): Promise<void> {
    return this.callers.run(claimGroupOf(operation), signal, task);
  }

  /** Oldest first; works for deleted instances, too. */
  of(instanceId: string): Promise<readonly Attachment[]> {
    return this.records.of(instanceId);
  }

  /** Creates the resource if needed, attaches it and shows it on the instance. Returns its id. */
  async establish(operation: ClaimedOperation, attachment: Attachment, signal: AbortSignal): Promise<string> {
    const { kind, instanceId } = attachment;
    const context = contextOf(operation, signal);
    const resourceId = attachment.resourceId ?? (await this.make(operation, attachment, context));
    if (kind === 'volume') {
      await this.storage.awaitAttachable(context, resourceId, instanceId);
      await this.changing(operation, attachment, () => this.storage.attach(context, resourceId, instanceId));
      failpoint('volume.attached', instanceId);
    }
    await this.record(attachment, this.records.attached(operation, attachment));
    failpoint(`${kind}.attachment_recorded`, instanceId);
    return resourceId;
  }

  /** Releases an attachment whose instance is deleted, or that was not established. */
  giveUp(operation: ClaimedOperation, attachment: Attachment, signal: AbortSignal): Promise<void> {
    const isThere = attachment.state === 'attached' || attachment.state === 'releasing';
    return this.release(operation, attachment, { as: isThere ? 'terminate' : 'undo', signal });
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
      failpoint('volume.detached', instanceId);
    }
    if (spec !== null) {
      // Lost responses may have left more than the known resource; those are always deleted.
      const goes = as === 'undo' || (as === 'terminate' && deleteOnTermination);
      const client = kind === 'network' ? this.network : this.storage;
      await client.deleteByOwner(context, { instanceId, attachmentId: id }, goes ? null : resourceId);
      failpoint(`${kind}.removed`, instanceId);
    }
    // Extra resources found so far are deleted, but a call in doubt may still create another.
    if (attachment.isDoubtful) throw await this.pending(attachment);
    assertOurs(await this.records.released(operation, attachment));
    failpoint(`${kind}.release_recorded`, instanceId);
  }

  /**
   * Detaches everything from an instance that is deleted or being deleted, including volumes attached directly at
   * Storage.
   */
  async detachAll(operation: ClaimedOperation, signal: AbortSignal): Promise<void> {
    await this.storage.detachAll(contextOf(operation, signal), operation.resourceId);
    failpoint('instance.detached', operation.resourceId);
  }

  private async make(
    operation: ClaimedOperation,
    attachment: Attachment,
    context: CallContext,
  ): Promise<string> {
    const { id, kind, instanceId } = attachment;
    const owner = { instanceId, attachmentId: id };
    const client = kind === 'network' ? this.network : this.storage;
    const earlier = await client.findByOwner(context, owner);
    if (earlier === undefined && attachment.isDoubtful) throw await this.pending(attachment);
    const resourceId =
      earlier ??
      (await this.changing(operation, attachment, () =>
        attachment.kind === 'network'
          ? this.network.make(context, specOf(attachment), owner)
          : this.storage.make(context, specOf(attachment), owner),
      ));
    failpoint(`${kind}.made`, instanceId);
    await this.record(attachment, this.records.made(operation, attachment, resourceId));
    failpoint(`${kind}.id_recorded`, instanceId);
    return resourceId;
  }

  /**
   * Runs a call that changes something at a platform service, marked as in doubt beforehand. If the response or this
   * process is lost, the row records for how long the call may still take effect.
   */
  private async changing<T>(
    operation: ClaimedOperation,
    attachment: Attachment,
    call: () => Promise<T>,
  ): Promise<T> {
    assertOurs(await this.records.markInDoubt(operation, attachment, this.lateMs));
    try {
      return await call();
    } catch (error) {
      const didNothing =
        error instanceof ReferenceRefusedError ||
        error instanceof PlatformServiceRefusedError ||
        (error instanceof PlatformServiceError && error.isOutcomeKnown);
      if (didNothing) await this.clearInDoubt(attachment);
      throw error;
    }
  }

  /** Records the result of a call whose response arrived; if the lease was lost, only clears the doubt. */
  private async record(attachment: Attachment, writing: Promise<boolean>): Promise<void> {
    const isOurs = await writing;
    if (!isOurs) await this.clearInDoubt(attachment);
    assertOurs(isOurs);
  }

  private async pending(attachment: Attachment): Promise<PlatformServiceError> {
    await this.records.limitDoubt(attachment, this.lateMs);
    return new PlatformServiceError({
      service: attachment.kind === 'network' ? 'Network' : 'Storage',
      call: `restore attachment ${attachment.id}`,
      reason: 'an earlier call timed out and may still take effect',
      isOutcomeKnown: true,
    });
  }

  /** Clears the doubt of this attempt, but not that of an earlier one. */
  private async clearInDoubt(attachment: Attachment): Promise<void> {
    if (!attachment.isDoubtful) await this.records.clearInDoubt(attachment);
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
