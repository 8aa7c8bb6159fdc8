import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AutoResetEvent } from '../../../platform/async/auto-reset-event';
import { sleep } from '../../../platform/async/sleep';
import { EventsConfig } from '../../events/events.config';
import { ResourceSignals } from '../../resources';
import { DeliveryQueueRepository, type Busy, type ClaimedDelivery } from '../store/delivery-queue.repository';
import { WebhooksConfig } from '../webhooks.config';
import { DeliveryAttempts } from './attempts';

/** For deliveries that become due, and those of other replicas. */
const LOOK_EVERY_MS = 1000;
/** Between looks, so that one look serves several changes. */
const MIN_PAUSE_MS = 20;
/** How much longer than an attempt a delivery is claimed for. */
const LEASE_MARGIN_MS = 10_000;
const TENANTS_AT_ONCE = 50;

/** Concurrent deliveries of this replica, in total, of one tenant and of one webhook. */
interface Lane {
  readonly isSlow: boolean;
  readonly limit: number;
  readonly ofTenant: number;
  readonly ofWebhook: number;
  /** By webhook. */
  readonly busy: Map<string, Busy>;
}

/**
 * Queues events for webhooks and delivers them, at least once and in order for each instance, on any number of replicas.
 * Webhooks that fail or take long have a lane of their own, so that they do not delay the others.
 */
@Injectable()
export class WebhooksWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Webhooks');
  private readonly lanes: readonly Lane[] = [
    { isSlow: false, limit: 200, ofTenant: 100, ofWebhook: 8, busy: new Map() },
    { isSlow: true, limit: 50, ofTenant: 25, ofWebhook: 1, busy: new Map() },
  ];
  private readonly stopping = new AbortController();
  private readonly wakeUp = new AutoResetEvent();
  private readonly attemptsInProgress = new Set<Promise<void>>();
  private readonly timers: NodeJS.Timeout[] = [];
  /** Those with enabled webhooks; the only ones whose changes matter. */
  private tenants = new Set<string>();
  /** Those that may have new events. */
  private readonly changed = new Set<string>();
  private areTenantsOld = true;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly config: WebhooksConfig,
    private readonly eventsConfig: EventsConfig,
    private readonly signals: ResourceSignals,
    private readonly queue: DeliveryQueueRepository,
    private readonly attempts: DeliveryAttempts,
  ) {
    setMaxListeners(0, this.stopping.signal);
  }

  onApplicationBootstrap(): void {
    this.signals.on('changed', (tenantId) => {
      if (this.tenants.has(tenantId)) this.lookAt(tenantId);
    });
    this.signals.on('resync', () => this.refresh());
    this.timers.push(setInterval(() => this.refresh(), this.eventsConfig.pollMs).unref());
    this.timers.push(setInterval(() => this.wakeUp.set(), LOOK_EVERY_MS).unref());
    this.wakeUp.set();
    this.loop = this.work();
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.stopping.abort();
    this.wakeUp.set();
    await this.loop;
    await Promise.all(this.attemptsInProgress);
  }

  /** A webhook of the tenant was created or enabled, or has deliveries that are due now. */
  lookAt(tenantId: string): void {
    this.tenants.add(tenantId);
    this.changed.add(tenantId);
    this.wakeUp.set();
  }

  private refresh(): void {
    this.areTenantsOld = true;
    this.wakeUp.set();
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await this.wakeUp.wait();
      if (signal.aborted) return;
      try {
        await this.look();
      } catch (error) {
        this.logger.warn({ err: error }, 'failed to read the deliveries of webhooks');
      }
      await sleep(MIN_PAUSE_MS, signal);
    }
  }

  private async look(): Promise<void> {
    if (this.areTenantsOld) await this.readTenants();
    if (this.tenants.size === 0) return;
    if (this.changed.size > 0) await this.queueEvents();
    for (const lane of this.lanes) await this.deliver(lane);
  }

  private async readTenants(): Promise<void> {
    this.areTenantsOld = false;
    try {
      this.tenants = new Set(await this.queue.tenants());
    } catch (error) {
      this.areTenantsOld = true;
      throw error;
    }
    for (const tenantId of this.tenants) this.changed.add(tenantId);
  }

  private async queueEvents(): Promise<void> {
    const tenantIds = [...this.changed].slice(0, TENANTS_AT_ONCE);
    // Before the statement, so that a change that it does not see is not forgotten.
    for (const tenantId of tenantIds) this.changed.delete(tenantId);
    try {
      for (const tenantId of await this.queue.fanOut(tenantIds)) this.changed.add(tenantId);
    } catch (error) {
      this.logger.warn({ err: error }, 'failed to read the events for webhooks');
      await this.queueEventsOfEach(tenantIds);
    }
    if (this.changed.size > 0) this.wakeUp.set();
  }

  /** One tenant's events must not keep those of others, nor what is queued, from being delivered. */
  private async queueEventsOfEach(tenantIds: readonly string[]): Promise<void> {
    for (const tenantId of tenantIds) {
      try {
        for (const more of await this.queue.fanOut([tenantId])) this.changed.add(more);
      } catch (error) {
        // The next refresh tries again.
        this.logger.warn({ err: error, tenantId }, 'failed to read the events for the webhooks of a tenant');
      }
    }
  }

  private async deliver(lane: Lane): Promise<void> {
    const { isSlow, ofTenant, ofWebhook } = lane;
    const busy = [...lane.busy.values()];
    const limit = lane.limit - busy.reduce((sum, { count }) => sum + count, 0);
    if (limit <= 0) return;
    const leaseMs = this.config.timeoutMs + LEASE_MARGIN_MS;
    for (const delivery of await this.queue.claim({ isSlow, limit, ofTenant, ofWebhook, busy, leaseMs })) {
      const attempt = this.attempt(delivery, lane.busy).finally(() =>
        this.attemptsInProgress.delete(attempt),
      );
      this.attemptsInProgress.add(attempt);
    }
  }

  /** Never rejects: without a recorded outcome, the delivery is attempted again when its lease ends. */
  private async attempt(delivery: ClaimedDelivery, busy: Map<string, Busy>): Promise<void> {
    const { webhookId, tenantId } = delivery;
    const inProgress = (): number => busy.get(webhookId)?.count ?? 0;
    busy.set(webhookId, { webhookId, tenantId, count: inProgress() + 1 });
    try {
      const outcome = await this.attempts.attempt(delivery, this.stopping.signal);
      await this.queue.settle(outcome);
    } catch (error) {
      this.logger.warn({ err: error, webhookId }, 'failed to record the outcome of a delivery');
    } finally {
      const count = inProgress() - 1;
      if (count === 0) busy.delete(webhookId);
      else busy.set(webhookId, { webhookId, tenantId, count });
      this.wakeUp.set();
    }
  }
}
