import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forEachConcurrent } from '../../../../platform/async/for-each-concurrent';
import { IntervalTask } from '../../../../platform/async/interval-task';
import { DatabaseUnavailableError } from '../../../../platform/database';
import { AppError, messageOf } from '../../../../platform/errors/app.error';
import { InstanceBusyError, InstanceContendedError } from '../../instance.errors';
import { TakingService } from '../taking.service';
import { nextAfter } from './cron';
import { expiredBy } from './retention';
import {
  SnapshotRetentionRepository,
  type RetentionDue,
  type RetentionSubject,
} from './snapshot-retention.repository';
import { NoLongerDueError } from './schedule.errors';
import { SchedulesRepository, type DueSchedule } from './schedules.repository';

const INTERVAL_MS = 1000;
const BATCH = 200;
const AT_ONCE = 8;
/** An instance has one operation at a time: its snapshot waits for the one in progress. */
const BUSY_MS = 60_000;
/** After a time zone or a cron expression that this process cannot read. */
const BROKEN_MS = 3_600_000;

/**
 * Begins the snapshots of schedules that are due, and lets those expire that the schedules do not keep. If several times
 * have passed, for example while no replica ran, it begins one snapshot. Replicas run in parallel.
 */
@Injectable()
export class SnapshotScheduler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Snapshots');
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: (signal) => this.round(signal),
    failed: (error) => this.logger.warn({ err: error }, 'failed to run snapshot schedules'),
  });

  constructor(
    private readonly schedules: SchedulesRepository,
    private readonly retentions: SnapshotRetentionRepository,
    private readonly taking: TakingService,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    await this.inBatches(
      signal,
      () => this.schedules.claimDue(BATCH),
      (due) => this.begin(due),
    );
    await this.inBatches(
      signal,
      () => this.retentions.due(BATCH),
      (due) => this.applyRetention(due),
    );
  }

  /** Ends with the first batch that is not full or has a failure. A failure keeps no others from being done. */
  private async inBatches<T extends { readonly tenantId: string; readonly instanceId: string }>(
    signal: AbortSignal,
    next: () => Promise<readonly T[]>,
    work: (item: T) => Promise<void>,
  ): Promise<void> {
    let batch: readonly T[];
    let failures = 0;
    do {
      batch = await next();
      await forEachConcurrent(batch, AT_ONCE, async (item) => {
        if (signal.aborted) return;
        await work(item).catch((error: unknown) => {
          failures++;
          const { tenantId, instanceId } = item;
          this.logger.warn({ err: error, tenantId, instanceId }, 'failed to run a snapshot schedule');
        });
      });
    } while (batch.length === BATCH && failures === 0 && !signal.aborted);
  }

  private async begin(due: DueSchedule): Promise<void> {
    const next = this.nextOf(due);
    if (next instanceof Error) {
      await this.schedules.postpone(due, new Date(Date.now() + BROKEN_MS), messageOf(next));
      return;
    }
    try {
      await this.taking.takeScheduled(due, next);
    } catch (error) {
      if (error instanceof NoLongerDueError) return;
      // Without the database, it is due again when this claim of it ends.
      if (!(error instanceof AppError) || error instanceof DatabaseUnavailableError) throw error;
      const isBusy = error instanceof InstanceBusyError || error instanceof InstanceContendedError;
      const nextAt = isBusy ? new Date(Math.min(Date.now() + BUSY_MS, next.getTime())) : next;
      await this.schedules.postpone(due, nextAt, messageOf(error));
    }
  }

  /**
   * From now on, not from when it was due: what has been missed meanwhile is not made up for. The clock of the database,
   * by which it is due, can be ahead of that of this process.
   */
  private nextOf(due: DueSchedule): Date | Error {
    const from = new Date(Math.max(Date.now(), due.dueAt.getTime()));
    try {
      return nextAfter(due, from) ?? new RangeError('the schedule is never due again');
    } catch (error) {
      // The time zones that a process knows depend on its version.
      if (error instanceof RangeError) return error;
      throw error;
    }
  }

  private async applyRetention(due: RetentionDue): Promise<void> {
    const subject = await this.retentions.subject(due);
    const ids = subject.snapshots.map(({ id }) => id);
    await this.retentions.apply(due, ids, expiredIn(subject));
  }
}

/** Those that the schedule does not keep, and failed ones except the newest, if nothing newer is good. */
function expiredIn({ keep, timeZone, snapshots }: RetentionSubject): readonly string[] {
  if (keep === null || timeZone === null) return [];
  const good = snapshots.filter(({ status }) => status === 'available');
  const [newest] = snapshots;
  const failed = snapshots.filter((each) => each.status === 'error' && each !== newest);
  const dated = good.map(({ id, createdAt }) => ({ id, takenAt: createdAt }));
  return [...expiredBy(keep, timeZone, dated), ...failed.map(({ id }) => id)];
}
