import { Injectable } from '@nestjs/common';
import { assertAllowed } from '../actions/actions';
import { newOperation, type ChangeRequest, type NewOperation } from '../actions/change-request';
import { InstanceActions, type ActionForecast, type ActionResult } from '../actions/instance-actions';
import type { InstanceDocument, InstanceState } from '../instance';
import { SnapshotNotFoundError } from './snapshot.errors';
import { RestoresRepository } from './store/restores.repository';
import { SnapshotsRepository } from './store/snapshots.repository';
import { assertUsable } from './usable';

export interface RestoreRequest {
  readonly snapshotId: string;
  readonly resume: boolean;
}

interface Attempt extends RestoreRequest {
  readonly operation: NewOperation;
  readonly isDryRun: boolean;
}

/** Gives instances the disk, and perhaps the memory, that they had when a snapshot was taken. */
@Injectable()
export class RestoreService {
  constructor(
    private readonly restores: RestoresRepository,
    private readonly snapshots: SnapshotsRepository,
    private readonly actions: InstanceActions,
  ) {}

  /**
   * Waits for the operation, for a while.
   * @throws {NotSupportedByEngineError | SnapshotNotFoundError | SnapshotNotAvailableError | SnapshotWithoutMemoryError |
   * MemorySizeDiffersError | FlavorTooSmallForSnapshotError} with nothing written.
   */
  async restore(id: string, request: RestoreRequest, change: ChangeRequest): Promise<ActionResult> {
    const operation = newOperation('restore', change);
    const begun = await this.begin(id, change, { ...request, operation, isDryRun: false });
    return this.actions.outcome(operation.id, { id, begun, change });
  }

  /** Dry run, refusals included. */
  async forecast(id: string, request: RestoreRequest, change: ChangeRequest): Promise<ActionForecast> {
    const operation = newOperation('restore', { ...change, key: null });
    const { document } = await this.begin(id, change, { ...request, operation, isDryRun: true });
    return { action: 'restore', documents: [document] };
  }

  private begin(id: string, change: ChangeRequest, attempt: Attempt): Promise<InstanceDocument> {
    return this.actions.withOptimisticLock(change, id, (state) => this.attempt(id, state, change, attempt));
  }

  /** Undefined if a concurrent change prevented it. */
  private async attempt(
    id: string,
    state: InstanceState,
    { caller: { tenantId } }: ChangeRequest,
    { snapshotId, resume, operation, isDryRun }: Attempt,
  ): Promise<InstanceDocument | undefined> {
    this.actions.abilitiesFor('restore', state);
    assertAllowed('restore', state);
    const size = await this.restores.size(tenantId, id);
    if (!size) return undefined;
    const snapshot = await this.snapshots.source(tenantId, snapshotId);
    if (snapshot?.instanceId !== id.toLowerCase()) throw new SnapshotNotFoundError();
    assertUsable(snapshot, size, resume);
    const args = { snapshotId: snapshot.id, resume, isOn: resume || state.status !== 'stopped' };
    return this.restores.begin(tenantId, { id, version: state.version }, { args, operation, isDryRun });
  }
}
