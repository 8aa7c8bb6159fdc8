import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Notices } from '../database';

interface Events {
  changed: [tenantId: string, instanceId: string];
  /** Something may have been missed: look at the tables. */
  resync: [];
}

const CHANNEL = 'compute_instances';
const MESSAGE = /^(\S+) ([0-9a-f-]{36})$/;

/**
 * News that an instance has changed, for this process and the others. Said by the repositories that
 * write, right after the statement, so that no writer can forget it.
 */
@Injectable()
export class InstanceSignals implements OnModuleInit {
  private readonly events = new EventEmitter<Events>();

  constructor(private readonly notices: Notices) {
    this.events.setMaxListeners(0);
  }

  async onModuleInit(): Promise<void> {
    await this.notices.subscribe({
      channel: CHANNEL,
      receive: (message) => {
        const [, tenantId, instanceId] = MESSAGE.exec(message) ?? [];
        if (tenantId !== undefined && instanceId !== undefined)
          this.events.emit('changed', tenantId, instanceId);
      },
      resync: () => this.events.emit('resync'),
    });
  }

  on<E extends keyof Events>(event: E, listener: (...values: Events[E]) => void): void {
    // The emitter's own type loses the tie between event and arguments for a generic event.
    this.events.on<keyof Events>(event, listener);
  }

  /** A version of it was written, perhaps its last. */
  changed(tenantId: string, instanceId: string): void {
    this.notices.announce(CHANNEL, `${tenantId} ${instanceId.toLowerCase()}`);
  }
}
