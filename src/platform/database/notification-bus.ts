import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Database, type Notification, type Subscription } from './database';

/** Limit of queued messages; those beyond it are found by polling. */
const MAX_PENDING = 10_000;
/** PostgreSQL accepts less than 8000 bytes. */
const MAX_PAYLOAD = 7900;
const SEPARATOR = '\n';
/** Starts the first line of a payload, which names its sender. Replicas of an older version ignore this line. */
const SENDER = '@';

/**
 * Broadcasts messages to all processes that use the database: directly within this one, through NOTIFY to the others.
 *
 * Sent after the commit, not inside it: NOTIFY in a transaction serializes all commits of the
 * database. Messages lost with a crashed process are made up for by polling.
 */
@Injectable()
export class NotificationBus {
  private readonly logger = new Logger('Database');
  private readonly sender = `${SENDER}${randomUUID()}`;
  private readonly receivers = new Map<string, Subscription['receive']>();
  private outbox = new Map<string, Set<string>>();
  private pending = 0;
  private isSending = false;

  constructor(private readonly database: Database) {}

  /** One receiver per channel, which distributes further. */
  async subscribe({ channel, receive, resync }: Subscription): Promise<void> {
    this.receivers.set(channel, receive);
    await this.database.subscribe({
      channel,
      receive: (payload) => {
        const [first = '', ...others] = payload.split(SEPARATOR);
        // This process already received its own messages in `announce`.
        if (first === this.sender) return;
        if (!first.startsWith(SENDER)) receive(first);
        for (const message of others) receive(message);
      },
      resync,
    });
  }

  /** A message is one line of up to a few hundred bytes. */
  announce(channel: string, message: string): void {
    this.receivers.get(channel)?.(message);
    if (this.database.kind === 'embedded' || this.pending >= MAX_PENDING) return;
    const messages = this.outbox.get(channel) ?? new Set();
    this.outbox.set(channel, messages.add(message));
    this.pending++;
    if (!this.isSending) void this.send();
  }

  /** One statement at a time; each carries everything queued meanwhile. */
  private async send(): Promise<void> {
    this.isSending = true;
    while (this.outbox.size > 0) {
      const notifications = [...this.outbox].flatMap(([channel, messages]) => this.packed(channel, messages));
      this.outbox = new Map();
      this.pending = 0;
      try {
        await this.database.notify(notifications);
      } catch (error) {
        this.logger.debug({ err: error, lost: notifications.length }, 'failed to notify other replicas');
      }
    }
    this.isSending = false;
  }

  /** Packs the messages into as few notifications as possible: each one wakes every listener. */
  private packed(channel: string, messages: ReadonlySet<string>): Notification[] {
    const payloads: string[] = [];
    let payload = this.sender;
    for (const message of messages) {
      if (payload.length + message.length >= MAX_PAYLOAD) {
        payloads.push(payload);
        payload = this.sender;
      }
      payload += SEPARATOR + message;
    }
    return [...payloads, payload].map((text) => ({ channel, payload: text }));
  }
}
