import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '../../platform/errors/app.error';
import { storable, type ClaimedOperation, type Progress } from './operation';
import { OperationSignals } from './operation-signals';
import { OperationsQueue } from './store/operations.queue';

const MAX_PROGRESS = 200;
const WRITE_EVERY_MS = 1000;
/** More than any worker holds at once. */
const MAX_OPERATIONS = 10_000;

type Holding = Pick<ClaimedOperation, 'id' | 'fence'>;

/**
 * Saves the progress that engines report: the latest text of every operation, all in one
 * statement, at most once a second. So short operations cost nothing, and engines may report
 * as often as they like. Best effort: reports that cannot be written are dropped.
 */
@Injectable()
export class ProgressReports implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Operations');
  private readonly unwritten = new Map<string, Progress>();
  private timer: NodeJS.Timeout | undefined;
  private isWriting = false;
  private isStopped = false;

  constructor(
    private readonly queue: OperationsQueue,
    private readonly signals: OperationSignals,
  ) {}

  onModuleInit(): void {
    this.signals.on('stopped', () => this.stop());
  }

  onModuleDestroy(): void {
    this.stop();
  }

  /** Never throws: drivers call it in the middle of their work. */
  report({ id, fence }: Holding, text: string): void {
    const isKnown = this.unwritten.has(id);
    if (this.isStopped || (!isKnown && this.unwritten.size >= MAX_OPERATIONS)) return;
    this.unwritten.set(id, { id, fence, text: storable(text.slice(0, MAX_PROGRESS)) });
    this.schedule();
  }

  /** Drops the unwritten progress of an operation that has ended. */
  ended({ id }: Pick<Holding, 'id'>): void {
    this.unwritten.delete(id);
  }

  private stop(): void {
    this.isStopped = true;
    this.unwritten.clear();
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.timer || this.isWriting || this.isStopped) return;
    this.timer = setTimeout(() => void this.write(), WRITE_EVERY_MS).unref();
  }

  private async write(): Promise<void> {
    this.timer = undefined;
    const reports = [...this.unwritten.values()];
    this.unwritten.clear();
    if (reports.length === 0) return;
    this.isWriting = true;
    try {
      await this.queue.report(reports);
    } catch (error) {
      this.logger.debug({ err: error }, `failed to store the progress of operations: ${messageOf(error)}`);
    } finally {
      this.isWriting = false;
      if (this.unwritten.size > 0) this.schedule();
    }
  }
}
