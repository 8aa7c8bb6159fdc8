import { Injectable } from '@nestjs/common';
import { isUuid } from '../../../platform/values/uuid';
import { OperationSignals } from '../../operations';
import { newOperation, type ChangeRequest, type NewOperation } from '../actions/change-request';
import { InstanceActions } from '../actions/instance-actions';
import type { InstanceDocument } from '../instance';
import { assertMet } from '../instance.errors';
import {
  SnapshotContendedError,
  SnapshotInUseError,
  SnapshotNotFoundError,
  SnapshotPublishedError,
} from './snapshot.errors';
import { SnapshotDeletionsRepository } from './store/snapshot-deletions.repository';
import { SnapshotsRepository } from './store/snapshots.repository';

export interface SnapshotDeletionResult {
  readonly operationId: string;
  /** Null if the snapshot is gone. */
  readonly remaining: InstanceDocument | null;
}

type Begun = { readonly begun: InstanceDocument } | { readonly joined: string };

const MAX_CONFLICTS = 10;

/** Deletes snapshots. */
@Injectable()
export class SnapshotDeletionService {
  constructor(
    private readonly deletions: SnapshotDeletionsRepository,
    private readonly snapshots: SnapshotsRepository,
    private readonly actions: InstanceActions,
    private readonly signals: OperationSignals,
  ) {}

  /**
   * Waits for the operation, for a while. A repeated call joins the deletion in progress.
   * @throws {SnapshotNotFoundError | PreconditionFailedError | SnapshotInUseError | SnapshotPublishedError} with nothing written
   */
  async delete(id: string, change: ChangeRequest): Promise<SnapshotDeletionResult> {
    const operation = newOperation('delete_snapshot', change);
    const begun = await this.begin(id, change, operation, false);
    this.signals.enqueued();
    return this.outcome('joined' in begun ? begun.joined : operation.id, id, change);
  }

  /** Dry run, refusals included; the snapshot as it would be right after the request. */
  async forecast(id: string, change: ChangeRequest): Promise<InstanceDocument> {
    const operation = newOperation('delete_snapshot', { ...change, key: null });
    const begun = await this.begin(id, change, operation, true);
    if ('begun' in begun) return begun.begun;
    const found = await this.snapshots.find(change.caller.tenantId, id);
    if (!found) throw new SnapshotNotFoundError();
    return found;
  }

  /** @throws {OperationFailedError} if the snapshot could not be removed */
  async outcome(operationId: string, id: string, change: ChangeRequest): Promise<SnapshotDeletionResult> {
    const isDone = await this.actions.hasSucceeded(operationId, change);
    // It may have been deleted between the end of the wait and this read.
    const remaining = isDone ? undefined : await this.snapshots.find(change.caller.tenantId, id);
    return { operationId, remaining: remaining ?? null };
  }

  private async begin(
    id: string,
    { caller: { tenantId }, precondition }: ChangeRequest,
    operation: NewOperation,
    isDryRun: boolean,
  ): Promise<Begun> {
    if (!isUuid(id)) throw new SnapshotNotFoundError();
    for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
      const state = await this.snapshots.state(tenantId, id);
      if (!state) throw new SnapshotNotFoundError();
      assertMet(precondition, state.version, 'snapshot');
      if (state.deletionId !== null) return { joined: state.deletionId };
      if (state.userId !== null) throw new SnapshotInUseError(state.userId);
      if (state.imageId !== null) throw new SnapshotPublishedError(state.imageId);
      const begun = await this.deletions.begin(tenantId, { id, ...state }, operation, isDryRun);
      if (begun) return { begun };
    }
    throw new SnapshotContendedError();
  }
}
