import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NotificationBus } from '../../platform/database';

interface Events {
  changed: [tenantId: string, resourceId: string];
  /** Notifications may have been missed: read the tables. */
  resync: [];
}

/** Replicas of the previous version listen to the same channel. */
const CHANNEL = 'compute_instances';
const MESSAGE = /^(\S+) ([0-9a-f-]{36})$/;

/**
 * Notifies this process and the other replicas that a resource has changed. Sent by the repositories right after they
 * write, so that no writer can forget it.
 */
@Injectable()
export class ResourceSignals implements OnModuleInit {
  private readonly events = new EventEmitter<Events>();

  constructor(private readonly notices: NotificationBus) {
    this.events.setMaxListeners(0);
  }

  async onModuleInit(): Promise<void> {
    await this.notices.subscribe({
      channel: CHANNEL,
      receive: (message) => {
        const [, tenantId, resourceId] = MESSAGE.exec(message) ?? [];
        if (tenantId !== undefined && resourceId !== undefined)
          this.events.emit('changed', tenantId, resourceId);
      },
      resync: () => this.events.emit('resync'),
    });
  }

  on<E extends keyof Events>(event: E, listener: (...values: Events[E]) => void): void {
    // The emitter's type does not relate event and arguments for a generic event.
    this.events.on<keyof Events>(event, listener);
  }

  /** A new version of the resource was written, or the resource was deleted. */
  changed(tenantId: string, resourceId: string): void {
    this.notices.announce(CHANNEL, `${tenantId} ${resourceId.toLowerCase()}`);
  }
}
