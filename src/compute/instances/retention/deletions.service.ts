import { Injectable } from '@nestjs/common';
import { OperationSignals } from '../../operations';
import { QuotasService } from '../../quotas';
import { assertAllowed, descriptorOf } from '../actions/actions';
import { ActionsRepository, type DeletionType } from '../actions/actions.repository';
import { newOperation, type ChangeRequest, type NewOperation } from '../actions/change-request';
import {
  InstanceActions,
  type ActionForecast,
  type ActionResult,
  type DeletionResult,
} from '../actions/instance-actions';
import { DELETED, type InstanceDocument, type InstanceState } from '../instance';
import { DeletionProtectedError } from '../instance.errors';
import { accessible } from '../instances.service';
import { InstancesRepository } from '../store/instances.repository';
import { undeleteArgs } from './retention-args';

export interface DeletionRequest {
  /** Deletes it even if it runs, without waiting for platform services. */
  readonly force: boolean;
  /** How long to retain it, as an ISO 8601 duration; by default as long as its tenant's instances are. */
  readonly retain: string | undefined;
}

/** The same with the seconds; undefined for the default. */
interface Wish {
  readonly force: boolean;
  readonly retainSeconds: number | undefined;
}

interface Deletion {
  readonly type: DeletionType;
  readonly isForced: boolean;
  readonly retainSeconds?: number;
}

interface Begun {
  readonly document: InstanceDocument;
  readonly isStart: boolean;
}

/** Deletes instances, at once or after they were retained for a while, and brings retained ones back. */
@Injectable()
export class DeletionsService {
  constructor(
    private readonly instances: InstancesRepository,
    private readonly lifecycle: ActionsRepository,
    private readonly quotas: QuotasService,
    private readonly signals: OperationSignals,
    private readonly actions: InstanceActions,
  ) {}

  /** A repeated call joins the deletion in progress. @throws {RetentionTooLongError} */
  async delete(id: string, request: DeletionRequest, change: ChangeRequest): Promise<DeletionResult> {
    const { tenantId } = change.caller;
    const wish = this.wishOf(request);
    const operationId = await this.begin(id, wish, change);
    const isDone = await this.actions.hasSucceeded(operationId, change);
    const newestId = request.force ? await this.actions.newestOperationOf(change.caller, id) : undefined;
    // It may have been deleted between the end of the wait and this read.
    const found = isDone ? undefined : await this.instances.find(tenantId, id, findingOf(wish));
    return {
      operationId: newestId ?? operationId,
      remaining: found === undefined ? null : accessible(found),
    };
  }

  /** Dry run of a deletion, refusals included. */
  async forecast(id: string, request: DeletionRequest, change: ChangeRequest): Promise<ActionForecast> {
    const wish = this.wishOf(request);
    const finding = findingOf(wish);
    const { type } = this.deletionOf(await this.actions.state(change, id, finding), wish);
    const { document } = accessible(await this.instances.find(change.caller.tenantId, id, finding));
    return { action: type, documents: [document] };
  }

  /** Waits for the start of an instance that ran before, for a while. */
  async undelete(id: string, change: ChangeRequest): Promise<ActionResult> {
    const operation = newOperation('undelete', change);
    const { document: begun } = await this.beginUndelete(id, change, operation);
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  /** Dry run, refusals included. */
  async forecastUndelete(id: string, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation('undelete', { ...change, key: null });
    const { document, isStart } = await this.beginUndelete(id, change, operation);
    return {
      action: 'undelete',
      documents: [document.document],
      becomes: isStart ? 'running' : 'stopped',
    };
  }

  private beginUndelete(id: string, change: ChangeRequest, operation: NewOperation): Promise<Begun> {
    const { isDryRun, caller } = change;
    const attempt = async (state: InstanceState): Promise<Begun | undefined> => {
      assertAllowed('undelete', state);
      const isStart = state.ranBeforeDeletion;
      const start = { operation, args: undeleteArgs(isStart), via: descriptorOf('undelete').via, isDryRun };
      const document = await this.lifecycle.beginAction(
        caller.tenantId,
        { id, version: state.version },
        start,
      );
      return document && { document, isStart };
    };
    return this.actions.withOptimisticLock(change, id, attempt, { includesDeleted: true });
  }

  /** @returns the id of the deletion, which an earlier call may have started. */
  private async begin(id: string, wish: Wish, change: ChangeRequest): Promise<string> {
    const { tenantId } = change.caller;
    const attempt = async (state: InstanceState): Promise<string | undefined> => {
      const open = state.openOperation;
      if (open && isJoined(open, wish)) return open.id;
      const operation = newOperation('delete', change);
      const deletion = { ...operation, ...this.deletionOf(state, wish) };
      const begun = await this.lifecycle.beginDelete(tenantId, { id, version: state.version }, deletion);
      if (!begun) return undefined;
      for (const cancelledId of begun.cancelledIds) this.signals.cancelled(cancelledId);
      this.signals.enqueued();
      return operation.id;
    };
    return this.actions.withOptimisticLock(change, id, attempt, findingOf(wish));
  }

  private wishOf({ force, retain }: DeletionRequest): Wish {
    return { force, retainSeconds: retain === undefined ? undefined : this.quotas.retention(retain) };
  }

  /**
   * Nothing can be retained of an instance whose creation has not succeeded, or whose deletion has begun to release what it
   * has.
   */
  private deletionOf(state: InstanceState, { force, retainSeconds }: Wish): Deletion {
    if (state.isProtected) throw new DeletionProtectedError();
    const isRetainable =
      state.isCounted &&
      descriptorOf('retain').from.includes(state.status) &&
      state.openOperation?.type !== 'delete';
    const seconds = isRetainable
      ? (retainSeconds ?? this.quotas.defaultRetention(state.defaultRetention))
      : 0;
    const type = seconds > 0 ? 'retain' : 'delete';
    // The default does not allow what a delete without it refuses.
    const isAllowed = force || state.status === DELETED || (type === 'retain' && retainSeconds !== undefined);
    if (!isAllowed) assertAllowed('delete', state);
    return { type, isForced: force, ...(type === 'retain' && { retainSeconds: seconds }) };
  }
}

/** Deleting at once also deletes what is retained. */
function findingOf({ retainSeconds }: Wish): { readonly includesDeleted: boolean } {
  return { includesDeleted: retainSeconds === 0 };
}

function isJoined(
  { type, isForced }: NonNullable<InstanceState['openOperation']>,
  { force, retainSeconds }: Wish,
): boolean {
  return (type === 'delete' && (isForced || !force)) || (type === 'retain' && retainSeconds !== 0);
}
