import { Injectable } from '@nestjs/common';
import { isText } from '../../../platform/http/validation/text';
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
import { InstanceActions, newOperation, type Caller, type ActionResult } from '../actions/instance-actions';
import type { InstanceDocument } from '../instance';
import { InstanceBusyError } from '../instance.errors';
import { InstancesService } from '../instances.service';
import type { NewOperation } from '../actions/actions.repository';
import { assertAllowed } from '../actions/transitions';
import { TooManyAttachmentsError } from './attachment.errors';

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
  async attach(
    tenantId: string,
    instanceId: string,
    planned: AttachmentSpec,
    caller: Caller,
  ): Promise<ActionResult> {
    // Lower case, as stored and as reported by Storage.
    const id = instanceId.toLowerCase();
    assertAllowed('attach', await this.actions.state(caller, id));
    const context = { ...caller, signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) };
    await this.assertRoom(tenantId, id, planned);
    await this.check(context, id, planned);
    const operation = newOperation('attach', caller);
    const isUnchecked = planned.kind === 'volume' && !this.storage.isEnabled;
    const wanted = { ...planned, state: 'planned', isUnchecked } as const;
    const begun = await this.actions.withOptimisticLock(caller, id, async (state) => {
      assertAllowed('attach', state);
      const ref = { id, version: state.version };
      const instance = await this.attachments.beginAttach(tenantId, ref, wanted, operation);
      if (!instance) await this.assertNotBeingGivenUp(tenantId, id);
      return instance;
    });
    return this.outcome(tenantId, operation, { id, begun, caller });
  }

  /** Detaching what is not attached changes nothing. @throws {IllegalStateError | InstanceBusyError} */
  async detach(tenantId: string, id: string, what: AttachmentRef, caller: Caller): Promise<ActionResult> {
    const operation = newOperation('detach', caller);
    const begun = await this.actions.withOptimisticLock(caller, id, async (state) => {
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
    return this.outcome(tenantId, operation, { id, begun, caller });
  }

  private async outcome(
    tenantId: string,
    operation: NewOperation,
    { id, begun, caller }: { id: string; begun: InstanceDocument; caller: Caller },
  ): Promise<ActionResult> {
    this.signals.enqueued();
    const isDone = await this.actions.hasSucceeded(tenantId, operation.id, caller);
    const instance = isDone ? await this.reader.get(tenantId, id) : begun;
    return { operationId: operation.id, instance, isDone };
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

  /** Makes a pending clean-up due now, because a request waits for it. */
  private async assertNotBeingGivenUp(tenantId: string, id: string): Promise<void> {
    const cleanupId = await this.attachments.hurryCleanup(tenantId, id);
    if (cleanupId === undefined) return;
    this.signals.enqueued();
    throw new InstanceBusyError(cleanupId);
  }
}
