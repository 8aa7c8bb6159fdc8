import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Waits, type Wait } from '../common/waits';
import { OperationSignals } from './operation-signals';
import { OperationsQueue } from './operations.queue';

const SAFETY_NET_MS = 1000;

/**
 * Lets requests wait for the end of an operation, woken by its end and not by looking: those that have
 * started it, until the last operation of this process has ended, and those that only want to know.
 */
@Injectable()
export class OperationWaiter implements OnModuleInit, OnModuleDestroy {
  /** Of requests that only want to know: at a shutdown they are answered at once. */
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
   * Misses nothing from now on; an end before this call is the caller's to look up. Undefined if too many requests
   * wait already.
   */
  watch(tenantId: string, operationId: string): Wait<'ended'> | undefined {
    if (!this.starters.hasRoom(tenantId)) return undefined;
    return this.starters.begin(tenantId, operationId, () => true);
  }

  private tell(id: string): void {
    this.starters.tell(id, 'ended');
    this.followers.tell(id, 'ended');
  }

  private async look(): Promise<void> {
    const ids = new Set([...this.starters.ids, ...this.followers.ids]);
    if (this.isLooking || ids.size === 0) return;
    this.isLooking = true;
    try {
      for (const id of await this.queue.finishedAmong([...ids])) this.tell(id);
    } catch (error) {
      this.logger.debug({ err: error }, 'cannot look for finished operations');
    } finally {
      this.isLooking = false;
    }
  }
}
