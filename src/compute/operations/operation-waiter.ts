import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Waits, type Wait } from '../../platform/async/waits';
import { OperationSignals } from './operation-signals';
import { OperationsQueue } from './store/operations.queue';

const SAFETY_NET_MS = 1000;

/**
 * Lets requests wait for the end of an operation without polling. Requests that started the operation can wait until
 * the last operation of this process has ended; requests that only follow it are answered when shutdown begins.
 */
@Injectable()
export class OperationWaiter implements OnModuleInit, OnModuleDestroy {
  /** Requests that only follow an operation. */
  readonly followers = new Waits<'ended'>();
  private readonly logger = new Logger('Operations');
  private readonly starters = new Waits<'ended'>();
  private isLooking = false;

  constructor(
    private readonly signals: OperationSignals,
    private readonly queue: OperationsQueue,
  ) {}

  onModuleInit(): void {
    this.signals.on('finished', (id) => this.tell(id));
    this.signals.on('resync', () => void this.look());
    const safetyNet = setInterval(() => void this.look(), SAFETY_NET_MS).unref();
    this.signals.on('stopped', () => {
      clearInterval(safetyNet);
      this.starters.close();
    });
  }

  onModuleDestroy(): void {
    this.followers.close();
  }

  /**
   * Reports an end from now on; the caller must check for one before this call. Undefined if too many requests are
   * waiting.
   */
  watch(tenantId: string, operationId: string): Wait<'ended'> | undefined {
    if (!this.starters.hasRoom(tenantId)) return undefined;
    return this.starters.begin(tenantId, operationId, () => true);
  }

  private tell(id: string): void {
    this.starters.notify(id, 'ended');
    this.followers.notify(id, 'ended');
  }

  private async look(): Promise<void> {
    const ids = new Set([...this.starters.ids, ...this.followers.ids]);
    if (this.isLooking || ids.size === 0) return;
    this.isLooking = true;
    try {
      for (const id of await this.queue.finishedAmong([...ids])) this.tell(id);
    } catch (error) {
      this.logger.debug({ err: error }, 'failed to query finished operations');
    } finally {
      this.isLooking = false;
    }
  }
}
