import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { EventHub } from '../compute/events';
import { ConsoleStreams, ALL_STATUSES, InstancesRepository, InstanceWaiter } from '../compute/instances';
import { SingleFlight } from '../platform/async/single-flight';
import { Metrics } from '../platform/metrics';
import { DeliveryQueueRepository, type DeliveryStatistics } from '../compute/webhooks';
import { OperationsQueue, OperationWaiter, type QueueStatistics } from '../compute/operations';
import { OutboxRepository, type OutboxStatistics } from '../integrations/outbox';

/** Counting all instances is expensive, so more frequent scrapes get the same numbers. */
const COUNT_VALID_MS = 15_000;

/** Gauges of the whole service: all replicas on one database report the same values. */
@Injectable()
export class ServiceGauges implements OnModuleInit {
  private readonly logger = new Logger('Metrics');
  private countedAt = -Infinity;
  // The gauges of one scrape are collected concurrently and share their queries.
  private readonly queueFlights = new SingleFlight<QueueStatistics>();
  private readonly outboxFlights = new SingleFlight<OutboxStatistics>();
  private readonly webhookFlights = new SingleFlight<DeliveryStatistics>();

  constructor(
    private readonly metrics: Metrics,
    private readonly instances: InstancesRepository,
    private readonly queue: OperationsQueue,
    private readonly outbox: OutboxRepository,
    private readonly deliveries: DeliveryQueueRepository,
    private readonly instanceWaiter: InstanceWaiter,
    private readonly operationWaiter: OperationWaiter,
    private readonly hub: EventHub,
    private readonly consoles: ConsoleStreams,
  ) {}

  onModuleInit(): void {
    this.metrics.gauge('compute_instances', 'Instances by status', ['status'], async (gauge) => {
      const now = performance.now();
      if (now - this.countedAt < COUNT_VALID_MS) return;
      this.countedAt = now;
      await this.ignoringOutage(async () => {
        const counts = await this.instances.countByStatus();
        for (const status of ALL_STATUSES) gauge.set({ status }, counts.get(status) ?? 0);
      });
    });
    this.metrics.gauge('compute_queue_depth', 'Unfinished operations', ['status'], async (gauge) => {
      await this.ignoringOutage(async () => {
        const { pending, running } = await this.queueStatistics();
        gauge.set({ status: 'pending' }, pending);
        gauge.set({ status: 'running' }, running);
      });
    });
    const help = 'Waiting time of the operation that has waited longest for a worker';
    this.metrics.gauge('compute_queue_age_seconds', help, [], async (gauge) => {
      await this.ignoringOutage(async () => gauge.set((await this.queueStatistics()).oldestDueSeconds));
    });
    this.addOutbox();
    this.addWebhooks();
    this.addFollowers();
  }

  /** Gauges of this replica only. */
  private addFollowers(): void {
    const waiting =
      'Requests at this replica that wait for an instance or an operation; a followed console may wait for its instance';
    this.metrics.gauge('compute_waiting_requests', waiting, ['for'], async (gauge) => {
      gauge.set({ for: 'instance' }, this.instanceWaiter.waits.size);
      gauge.set({ for: 'operation' }, this.operationWaiter.followers.size);
    });
    this.metrics.gauge('compute_event_streams', 'Open event streams at this replica', [], async (gauge) => {
      gauge.set(this.hub.size);
    });
    const consoles = 'Followed consoles at this replica';
    this.metrics.gauge('compute_console_streams', consoles, [], async (gauge) => {
      gauge.set(this.consoles.size);
    });
  }

  private addOutbox(): void {
    const depth = 'Metrics waiting for the Monitoring service';
    this.metrics.gauge('compute_outbox_depth', depth, [], async (gauge) => {
      await this.ignoringOutage(async () => gauge.set((await this.outboxStatistics()).depth));
    });
    const age = 'Age of the oldest metric waiting for the Monitoring service';
    this.metrics.gauge('compute_outbox_age_seconds', age, [], async (gauge) => {
      await this.ignoringOutage(async () => gauge.set((await this.outboxStatistics()).oldestSeconds));
    });
  }

  private addWebhooks(): void {
    const pending =
      'Deliveries of events that webhooks have not accepted yet; counts up to 1000 of each webhook';
    this.metrics.gauge('compute_webhook_deliveries_pending', pending, [], async (gauge) => {
      await this.ignoringOutage(async () => gauge.set((await this.webhookStatistics()).pending));
    });
    const age = 'Age of the oldest delivery that a webhook has not accepted yet';
    this.metrics.gauge('compute_webhook_delivery_age_seconds', age, [], async (gauge) => {
      await this.ignoringOutage(async () => gauge.set((await this.webhookStatistics()).oldestSeconds));
    });
  }

  private webhookStatistics(): Promise<DeliveryStatistics> {
    return this.webhookFlights.run('webhooks', undefined, () => this.deliveries.statistics());
  }

  private outboxStatistics(): Promise<OutboxStatistics> {
    return this.outboxFlights.run('outbox', undefined, () => this.outbox.statistics());
  }

  private queueStatistics(): Promise<QueueStatistics> {
    return this.queueFlights.run('queue', undefined, () => this.queue.statistics());
  }

  /** Metrics of the process itself must stay readable during a database outage. */
  private async ignoringOutage(collect: () => Promise<void>): Promise<void> {
    try {
      await collect();
    } catch (error) {
      this.logger.debug({ err: error }, 'failed to update a gauge; it keeps its last value');
    }
  }
}
