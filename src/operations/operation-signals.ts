import { EventEmitter } from 'node:events';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database';

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
const MAX_PENDING = 10_000;
const ENQUEUED = 'enqueued';
const MESSAGE = /^(cancelled|finished):(.+)$/;

/**
 * News about operations, within this process at once and to the others through NOTIFY.
 *
 * Sent after the commit and not in it: a NOTIFY inside a transaction makes all commits of the
 * database wait for each other. News that dies with a process is found by polling instead.
 */
@Injectable()
export class OperationSignals implements OnModuleInit {
  private readonly logger = new Logger('Operations');
  private readonly events = new EventEmitter<Events>();
  private outbox = new Set<string>();
  private isSending = false;

  constructor(private readonly database: Database) {
    this.events.setMaxListeners(0);
  }

  async onModuleInit(): Promise<void> {
    await this.database.subscribe({
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
    this.deliver(message);
    if (this.database.kind === 'embedded' || this.outbox.size >= MAX_PENDING) return;
    this.outbox.add(message);
    if (!this.isSending) void this.send();
  }

  /** One statement at a time carries all that has gathered meanwhile. */
  private async send(): Promise<void> {
    this.isSending = true;
    while (this.outbox.size > 0) {
      const messages = [...this.outbox];
      this.outbox = new Set();
      try {
        await this.database.notify(CHANNEL, messages);
      } catch (error) {
        this.logger.debug({ err: error, lost: messages.length }, 'other replicas were not notified');
      }
    }
    this.isSending = false;
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
