import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationBus } from '../../platform/database';

interface Events {
  enqueued: [];
  cancelled: [operationId: string];
  finished: [operationId: string];
  /** Signals may have been missed: check the table. */
  resync: [];
  /** This process has stopped all work and is about to exit. */
  stopped: [];
}

const CHANNEL = 'compute_operations';
const ENQUEUED = 'enqueued';
const MESSAGE = /^(cancelled|finished):(.+)$/;

/** Signals about operations, within this process and between replicas. */
@Injectable()
export class OperationSignals implements OnModuleInit {
  private readonly events = new EventEmitter<Events>();

  constructor(private readonly notices: NotificationBus) {
    this.events.setMaxListeners(0);
  }

  async onModuleInit(): Promise<void> {
    await this.notices.subscribe({
      channel: CHANNEL,
      receive: (payload) => this.deliver(payload),
      resync: () => this.events.emit('resync'),
    });
  }

  on<E extends keyof Events>(event: E, listener: (...values: Events[E]) => void): void {
    // For a generic event, the emitter's own type does not relate event and arguments.
    this.events.on<keyof Events>(event, listener);
  }

  enqueued(): void {
    this.announce(ENQUEUED);
  }

  /** A cancelled operation is also finished, so both are announced. */
  cancelled(operationId: string): void {
    this.announce(`cancelled:${operationId}`);
    this.finished(operationId);
  }

  finished(operationId: string): void {
    this.announce(`finished:${operationId}`);
  }

  /** Within this process only. */
  stopped(): void {
    this.events.emit('stopped');
  }

  private announce(message: string): void {
    this.notices.announce(CHANNEL, message);
  }

  private deliver(message: string): void {
    if (message === ENQUEUED) {
      this.events.emit('enqueued');
      return;
    }
    const [, event, id] = MESSAGE.exec(message) ?? [];
    if (id !== undefined && (event === 'cancelled' || event === 'finished')) this.events.emit(event, id);
  }
}
