import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { forEachConcurrent } from '../../../../platform/async/for-each-concurrent';
import { IntervalTask } from '../../../../platform/async/interval-task';
import { AppError, messageOf } from '../../../../platform/errors/app.error';
import { InstanceBusyError, InstanceContendedError } from '../../instance.errors';
import { TakingService } from '../taking.service';
import { nextAfter } from './cron';
import { expiredBy } from './retention';
import { RetentionRepository, type RetentionDue, type RetentionSubject } from './retention.repository';
import { NoLongerDueError } from './schedule.errors';
import { SchedulesRepository, type DueSchedule } from './schedules.repository';

const INTERVAL_MS = 1000;
const BATCH = 200;
const AT_ONCE = 8;
/** An instance has one operation at a time: its snapshot waits for the one in progress. */
const BUSY_MS = 60_000;

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
    private readonly retentions: RetentionRepository,
    private readonly taking: TakingService,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  private async round(signal: AbortSignal): Promise<void> {
    await inBatches(
      signal,
      () => this.schedules.claimDue(BATCH),
      (due) => this.begin(due),
    );
    await inBatches(
      signal,
      () => this.retentions.due(BATCH),
      (due) => this.applyRetention(due),
    );
  }

  private async begin(due: DueSchedule): Promise<void> {
    // From now on, not from when it was due: what has been missed meanwhile is not made up for.
    const next = nextAfter(due, new Date());
    if (next === null) throw new Error(`the schedule of instance ${due.instanceId} is never due again`);
    try {
      await this.taking.takeScheduled(due, next);
    } catch (error) {
      if (error instanceof NoLongerDueError) return;
      if (!(error instanceof AppError)) throw error;
      const isBusy = error instanceof InstanceBusyError || error instanceof InstanceContendedError;
      const nextAt = isBusy ? new Date(Math.min(Date.now() + BUSY_MS, next.getTime())) : next;
      await this.schedules.postpone(due, nextAt, messageOf(error));
    }
  }

  private async applyRetention(due: RetentionDue): Promise<void> {
    const subject = await this.retentions.subject(due);
    const ids = subject.snapshots.map(({ id }) => id);
    await this.retentions.apply(due, ids, expiredIn(subject));
  }
}

/** Ends with the first batch that is not full. A failure does not keep the others of its batch from being done. */
async function inBatches<T>(
  signal: AbortSignal,
  next: () => Promise<readonly T[]>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let batch: readonly T[];
  do {
    batch = await next();
    const failures: unknown[] = [];
    await forEachConcurrent(batch, AT_ONCE, async (item) => {
      if (!signal.aborted) await work(item).catch((error: unknown) => failures.push(error));
    });
    if (failures.length > 0) throw failures[0];
  } while (batch.length === BATCH && !signal.aborted);
}

/** Those that the schedule does not keep, and failed ones that are older than the newest good one. */
function expiredIn({ keep, timeZone, snapshots }: RetentionSubject): readonly string[] {
  if (keep === null || timeZone === null) return [];
  const good = snapshots.filter(({ status }) => status === 'available');
  const [newest] = good;
  if (!newest) return [];
  const failed = snapshots.filter(
    ({ status, createdAt }) => status === 'error' && createdAt.getTime() < newest.createdAt.getTime(),
  );
  const dated = good.map(({ id, createdAt }) => ({ id, takenAt: createdAt }));
  return [...expiredBy(keep, timeZone, dated), ...failed.map(({ id }) => id)];
}
