import { Injectable } from '@nestjs/common';
import {
  IntegrationDisabledError,
  NetworkClient,
  StorageClient,
  type CallContext,
} from '../../../integrations';
import { OperationSignals } from '../../operations';
import { MAX_ATTACHMENTS, type AttachmentSpec } from './attachment';
import { AttachmentsRepository, type AttachmentRef } from './attachments.repository';
import { MAX_ID } from '../api/dto/create-instance.dto';
import { newOperation, type ChangeRequest } from '../actions/change-request';
import { InstanceActions, type ActionResult } from '../actions/instance-actions';
import { InstanceBusyError } from '../instance.errors';
import { InstancesService } from '../instances.service';
import { assertAllowed } from '../actions/actions';
import { TooManyAttachmentsError } from './attachment.errors';
import { isText } from '../../../platform/values/text';

/** Timeout for checking the network or volume that a request refers to. */
const CHECK_TIMEOUT_MS = 10_000;

/** Attaches networks and volumes to existing instances, and detaches them. */
@Injectable()
export class AttachmentsService {
  constructor(
    private readonly attachments: AttachmentsRepository,
    private readonly actions: InstanceActions,
    private readonly reader: InstancesService,
    private readonly network: NetworkClient,
    private readonly storage: StorageClient,
    private readonly signals: OperationSignals,
  ) {}

  /**
   * Attaching an attached resource establishes it again and changes nothing else.
   * @throws {IllegalStateError | InstanceBusyError | ReferenceRefusedError | PlatformServiceError}
   */
  async attach(instanceId: string, planned: AttachmentSpec, change: ChangeRequest): Promise<ActionResult> {
    const { caller } = change;
    // Lower case, as stored and as reported by Storage.
    const id = instanceId.toLowerCase();
    assertAllowed('attach', await this.actions.state(change, id));
    const context = { ...caller, signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) };
    await this.assertRoom(caller.tenantId, id, planned);
    await this.check(context, id, planned);
    const operation = newOperation('attach', change);
    const isUnchecked = planned.kind === 'volume' && !this.storage.isEnabled;
    const wanted = { ...planned, state: 'planned', isUnchecked } as const;
    const begun = await this.actions.withOptimisticLock(change, id, async (state) => {
      assertAllowed('attach', state);
      const ref = { id, version: state.version };
      const instance = await this.attachments.beginAttach(caller.tenantId, ref, wanted, operation);
      if (!instance) await this.assertNotBeingGivenUp(caller.tenantId, id);
      return instance;
    });
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  /** Detaching what is not attached changes nothing. @throws {IllegalStateError | InstanceBusyError} */
  async detach(id: string, what: AttachmentRef, change: ChangeRequest): Promise<ActionResult> {
    const { tenantId } = change.caller;
    const operation = newOperation('detach', change);
    const begun = await this.actions.withOptimisticLock(change, id, async (state) => {
      assertAllowed('detach', state);
      const attachment = isText(what.resourceId, 1, MAX_ID)
        ? await this.attachments.find(tenantId, id, what)
        : undefined;
      if (attachment?.state !== 'attached' && attachment?.state !== 'planned') return 'nothing';
      return this.attachments.beginDetach(tenantId, { id, version: state.version }, attachment.id, operation);
    });
    if (begun === 'nothing') {
      return { operationId: null, instance: await this.reader.get(tenantId, id), isDone: true };
    }
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  private async assertRoom(tenantId: string, id: string, planned: AttachmentSpec): Promise<void> {
    const { kind } = planned;
    if ((await this.attachments.count(tenantId, id, kind)) < MAX_ATTACHMENTS) return;
    const isThere =
      'resourceId' in planned &&
      (await this.attachments.find(tenantId, id, { kind, resourceId: planned.resourceId })) !== undefined;
    if (!isThere) throw new TooManyAttachmentsError(kind);
  }

  /** Runs before anything is written, so most refusals and an unreachable platform service leave no trace. */
  private async check(context: CallContext, instanceId: string, planned: AttachmentSpec): Promise<void> {
    const client = planned.kind === 'network' ? this.network : this.storage;
    if ('spec' in planned) {
      if (client.isEnabled) return;
      throw planned.kind === 'network'
        ? new IntegrationDisabledError('Creating a network', 'Network')
        : new IntegrationDisabledError('Creating a volume', 'Storage');
    }
    if (planned.kind === 'network') await this.network.check(context, planned.resourceId);
    else await this.storage.check(context, planned.resourceId, instanceId);
  }

  /** Makes a pending cleanup due now, because a request waits for it. */
  private async assertNotBeingGivenUp(tenantId: string, id: string): Promise<void> {
    const cleanupId = await this.attachments.hurryCleanup(tenantId, id);
    if (cleanupId === undefined) return;
    this.signals.enqueued();
    throw new InstanceBusyError(cleanupId);
  }
}
