import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Notices } from '../database';

interface Events {
  enqueued: [];
  cancelled: [operationId: string];
  finished: [operationId: string];
  /** Something may have been missed: look at the table. */
  resync: [];
  /** This process works on nothing any more, and is about to end. */
  stopped: [];
}

const CHANNEL = 'compute_operations';
const ENQUEUED = 'enqueued';
const MESSAGE = /^(cancelled|finished):(.+)$/;

/** News about operations, for this process and the others. */
@Injectable()
export class OperationSignals implements OnModuleInit {
  private readonly events = new EventEmitter<Events>();

  constructor(private readonly notices: Notices) {
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
    // The emitter's own type loses the tie between event and arguments for a generic event.
    this.events.on<keyof Events>(event, listener);
  }

  enqueued(): void {
    this.announce(ENQUEUED);
  }

  /** Cancelled is finished too: both are told. */
  cancelled(operationId: string): void {
    this.announce(`cancelled:${operationId}`);
    this.finished(operationId);
  }

  finished(operationId: string): void {
    this.announce(`finished:${operationId}`);
  }

  /** In this process only. */
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
