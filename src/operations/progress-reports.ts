import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { messageOf } from '../common/errors/app.error';
import { storable, type ClaimedOperation, type Progress } from './operation';
import { OperationSignals } from './operation-signals';
import { OperationsQueue } from './operations.queue';

const MAX_PROGRESS = 200;
const WRITE_EVERY_MS = 1000;
/** More than any worker holds at once. */
const MAX_OPERATIONS = 10_000;

type Holding = Pick<ClaimedOperation, 'id' | 'fence'>;

/**
 * Writes down what engines say of how far they are: the newest word of every operation, all of them in one
 * statement, and that at most once a second. So an operation that ends before costs nothing, and an engine
 * may say as much as it likes. It is a courtesy: one that cannot be written is not missed.
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

  /** Never throws: it is called from within engines. */
  report({ id, fence }: Holding, text: string): void {
    const isKnown = this.unwritten.has(id);
    if (this.isStopped || (!isKnown && this.unwritten.size >= MAX_OPERATIONS)) return;
    this.unwritten.set(id, { id, fence, text: storable(text.slice(0, MAX_PROGRESS)) });
    this.schedule();
  }

  /** What is not written yet of an operation that has ended is of no use any more. */
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
      this.logger.debug({ err: error }, `cannot write how far operations are: ${messageOf(error)}`);
    } finally {
      this.isWriting = false;
      if (this.unwritten.size > 0) this.schedule();
    }
  }
}
