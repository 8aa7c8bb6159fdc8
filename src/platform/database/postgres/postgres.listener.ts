import { Logger } from '@nestjs/common';
import { Client, type ClientConfig } from 'pg';
import { backoffMs, sleep } from '../../async/sleep';
import type { Subscription } from '../database';
import { toDatabaseError } from '../database.errors';

const RETRY = { firstMs: 100, lastMs: 2000 };

/**
 * The connection that listens for NOTIFY. It reconnects automatically and then calls `resync` on every
 * subscription, because notifications may have been lost.
 */
export class PostgresListener {
  private readonly logger = new Logger('Database');
  private readonly subscriptions: Subscription[] = [];
  private readonly closing = new AbortController();
  private client: Client | undefined;
  private reconnecting: Promise<void> | undefined;

  constructor(private readonly config: ClientConfig) {}

  async add(subscription: Subscription): Promise<void> {
    this.subscriptions.push(subscription);
    try {
      if (this.client) await listen(this.client, subscription.channel);
      else await this.connect();
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.reconnecting;
    await this.client?.end();
  }

  private async connect(): Promise<void> {
    const client = new Client(this.config);
    client.on('notification', ({ channel, payload }) => {
      for (const subscription of this.subscriptions) {
        if (subscription.channel === channel) subscription.receive(payload ?? '');
      }
    });
    // Without this handler a lost connection would end the process.
    client.on('error', (error) => this.logger.warn({ err: error }, 'the notification connection was lost'));
    try {
      await client.connect();
      for (const { channel } of this.subscriptions) await listen(client, channel);
    } catch (error) {
      await client.end();
      throw error;
    }
    client.once('end', () => {
      this.client = undefined;
      if (!this.closing.signal.aborted) this.reconnecting = this.reconnect();
    });
    this.client = client;
  }

  private async reconnect(): Promise<void> {
    for (let attempt = 1; !this.closing.signal.aborted; attempt++) {
      try {
        await this.connect();
        this.logger.log('the notification connection is restored');
        for (const { resync } of this.subscriptions) resync();
        return;
      } catch (error) {
        this.logger.debug({ err: error }, 'the notification connection is still lost');
        await sleep(backoffMs(attempt, RETRY), this.closing.signal);
      }
    }
  }
}

async function listen(client: Client, channel: string): Promise<void> {
  await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
}
