import { Injectable } from '@nestjs/common';
import { DriverRegistry } from '../../../drivers';
import { newId } from '../../../platform/values/uuid';
import { OperationSignals } from '../../operations';
import { QuotasService } from '../../quotas';
import { assertAllowed } from '../actions/actions';
import { newOperation, systemChange, type ChangeRequest, type NewOperation } from '../actions/change-request';
import { InstanceActions } from '../actions/instance-actions';
import { NotSupportedByEngineError } from '../engine/engine.errors';
import type { InstanceDocument, InstanceState } from '../instance';
import { InstanceBusyError } from '../instance.errors';
import { assertInTheFuture } from './expiry';
import { MemoryNeedsRunningInstanceError, QuiesceUnavailableError } from './snapshot.errors';
import { SnapshotsService } from './snapshots.service';
import type { DueSchedule } from './schedules/schedules.repository';
import { NoLongerDueError } from './schedules/schedule.errors';
import { SchedulesRepository } from './schedules/schedules.repository';
import { TakingRepository, type SnapshotToTake, type SnapshotSubject } from './store/taking.repository';

export interface SnapshotRequest extends Pick<
  SnapshotToTake,
  'name' | 'metadata' | 'includeMemory' | 'quiesce'
> {
  readonly expiresAt?: string;
}

export interface TakeResult {
  readonly snapshot: InstanceDocument;
  readonly snapshotId: string;
  readonly operationId: string;
}

interface Attempt {
  readonly snapshot: SnapshotToTake;
  readonly operation: NewOperation;
  readonly isDryRun: boolean;
  /** The schedule that asks for it, if no request does. */
  readonly due?: DueSchedule;
}

const SCHEDULER = 'system:snapshot-schedule';

/** Takes snapshots of instances. */
@Injectable()
export class TakingService {
  constructor(
    private readonly takings: TakingRepository,
    private readonly schedules: SchedulesRepository,
    private readonly snapshots: SnapshotsService,
    private readonly actions: InstanceActions,
    private readonly drivers: DriverRegistry,
    private readonly quotas: QuotasService,
    private readonly signals: OperationSignals,
  ) {}

  /**
   * Reserves quota and starts the operation; waits for it if the caller asked to.
   * @throws {NotSupportedByEngineError | MemoryNeedsRunningInstanceError | QuiesceUnavailableError | InstanceBusyError |
   * IllegalStateError | QuotaExceededError | ValidationFailedError} with nothing written.
   */
  async take(instanceId: string, request: SnapshotRequest, change: ChangeRequest): Promise<TakeResult> {
    const operation = newOperation('snapshot', change);
    const snapshot = toSnapshot(request);
    const made = await this.begin(instanceId, change, { snapshot, operation, isDryRun: false });
    this.signals.enqueued();
    const hasEnded = await this.actions.hasEnded(operation.id, change);
    const shown = hasEnded ? await this.snapshots.get(change.caller.tenantId, snapshot.id) : made;
    return { snapshot: shown, snapshotId: snapshot.id, operationId: operation.id };
  }

  /** Dry run, refusals included. */
  forecast(instanceId: string, request: SnapshotRequest, change: ChangeRequest): Promise<InstanceDocument> {
    const operation = newOperation('snapshot', { ...change, key: null });
    return this.begin(instanceId, change, { snapshot: toSnapshot(request), operation, isDryRun: true });
  }

  /**
   * Begins the snapshot of a schedule, which is due again at `nextAt`.
   * @throws {NoLongerDueError} if another replica has begun it
   * @throws {AppError} likewise as `take`
   */
  async takeScheduled(due: DueSchedule, nextAt: Date): Promise<void> {
    const { tenantId, instanceId } = due;
    const scheduledFor = due.dueAt.toISOString();
    const change = systemChange(tenantId, SCHEDULER);
    const snapshot: SnapshotToTake = {
      ...{ id: newId(), name: `scheduled-${scheduledFor.slice(0, 16)}Z`, metadata: {}, expiresAt: null },
      ...{ includeMemory: false, quiesce: false, scheduledFor, nextDueAt: nextAt.toISOString() },
    };
    const operation = newOperation('snapshot', change);
    await this.begin(instanceId, change, { snapshot, operation, isDryRun: false, due });
    this.signals.enqueued();
  }

  private begin(id: string, change: ChangeRequest, attempt: Attempt): Promise<InstanceDocument> {
    return this.actions.withOptimisticLock(change, id, (state) => this.attempt(id, state, change, attempt));
  }

  /** Undefined if a concurrent change prevented it. */
  private async attempt(
    id: string,
    state: InstanceState,
    { caller: { tenantId } }: ChangeRequest,
    attempt: Attempt,
  ): Promise<InstanceDocument | undefined> {
    const { snapshot, due } = attempt;
    if (due && !(await this.schedules.isDue(due))) throw new NoLongerDueError();
    this.actions.abilitiesFor('snapshot', state);
    if (state.openOperation) throw new InstanceBusyError(state.openOperation.id);
    assertAllowed('snapshot', state);
    const subject = await this.takings.subject(tenantId, id);
    if (!subject) return undefined;
    this.assertPossible(state, subject, snapshot);
    const begun = await this.takings.begin(tenantId, { id, version: state.version }, attempt);
    if (begun) return begun;
    const snapshotGB = subject.diskGB + (snapshot.includeMemory ? subject.ramGB : 0);
    const refusal = await this.quotas.snapshotRefusalOf(tenantId, { snapshots: 1, snapshotGB });
    if (refusal) throw refusal;
    return undefined;
  }

  private assertPossible(
    { driver: kind, status }: InstanceState,
    { handle }: SnapshotSubject,
    { includeMemory, quiesce }: SnapshotToTake,
  ): void {
    const abilities = this.drivers.find(kind)?.abilities;
    if (includeMemory) {
      if (!abilities?.snapshotMemory)
        throw new NotSupportedByEngineError(kind, 'store the memory in snapshots of');
      if (status === 'stopped') throw new MemoryNeedsRunningInstanceError(status);
    }
    if (!quiesce) return;
    const why =
      status === 'running' ? abilities?.snapshots?.whyNotQuiesced(handle) : `the instance is ${status}`;
    if (why !== undefined) throw new QuiesceUnavailableError(why);
  }
}

function toSnapshot({ name, metadata, includeMemory, quiesce, expiresAt }: SnapshotRequest): SnapshotToTake {
  if (expiresAt !== undefined) assertInTheFuture(expiresAt);
  return { id: newId(), name, metadata, includeMemory, quiesce, expiresAt: expiresAt ?? null };
}
