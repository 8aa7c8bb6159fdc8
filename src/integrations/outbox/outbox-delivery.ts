import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { abortOnTimeout } from '../../platform/async/timeout';
import { messageOf } from '../../platform/errors/app.error';
import { backoffMs, sleep } from '../../platform/async/sleep';
import { forEachConcurrent } from '../../platform/async/for-each-concurrent';
import { sweepAll } from '../../platform/async/sweep-all';
import { OutboxConfig } from './outbox.config';
import { MonitoringClient, PlatformServiceError } from '..';
import { Metrics } from '../../platform/metrics';
import { OutboxRepository, type Deferral, type Waiting } from './outbox.repository';

const LOOK_EVERY_MS = 500;
const LEASE_MS = 15_000;
/** Well within the lease, so that no other replica delivers the same metrics meanwhile. */
const LOOK_MS = 10_000;
const BATCH = 200;
const AT_ONCE = 8;
const TRIM_EVERY_MS = 10_000;
const RETRY = { firstMs: 500, lastMs: 30_000 };

interface Result {
  readonly delivered: string[];
  readonly deferred: Deferral[];
}

/**
 * Delivers metrics to the Monitoring service, at least once and in order for each instance. One replica
 * delivers for all, to preserve the order. Requests never wait for it.
 */
@Injectable()
export class OutboxDelivery implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Outbox');
  private readonly owner = randomUUID();
  private readonly stopping = new AbortController();
  private trimmedAt = -Infinity;
  private loop: Promise<void> | undefined;

  constructor(
    private readonly config: OutboxConfig,
    private readonly repository: OutboxRepository,
    private readonly monitoring: MonitoringClient,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    if (this.monitoring.isEnabled) this.loop = this.work();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async work(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const isMoreDue = await this.look();
      if (!isMoreDue) await sleep(LOOK_EVERY_MS, signal);
    }
    // Lets the next replica start before the lease expires; if this fails, it waits for that.
    await this.repository.release(this.owner).catch((error: unknown) => {
      this.logger.debug({ err: error }, 'failed to release the outbox lease; it expires on its own');
    });
  }

  /** Whether there may be more to deliver at once. */
  private async look(): Promise<boolean> {
    try {
      // Starts before the lease is taken, because the time the queries take counts against the lease.
      const deadline = { timeoutMs: LOOK_MS, signal: this.stopping.signal };
      return await abortOnTimeout(deadline, (signal) => this.deliverDue(signal));
    } catch (error) {
      this.logger.warn({ err: error }, 'failed to read the outbox');
      return false;
    }
  }

  private async deliverDue(signal: AbortSignal): Promise<boolean> {
    if (!(await this.repository.hold(this.owner, LEASE_MS))) return false;
    await this.trimDue(signal);
    const waiting = await this.repository.due(BATCH);
    if (waiting.length === 0) return false;
    const { delivered, deferred } = await this.deliver(waiting, signal);
    await this.repository.settle(delivered, deferred);
    return waiting.length === BATCH && deferred.length === 0;
  }

  /** Delivers instances concurrently, the metrics of each instance in sequence. */
  private async deliver(waiting: readonly Waiting[], signal: AbortSignal): Promise<Result> {
    const queues = byInstance(waiting);
    const result: Result = { delivered: [], deferred: [] };
    await forEachConcurrent(queues, AT_ONCE, async (queue) => {
      if (isOver(signal)) return;
      const isAway = await this.deliverInOrder(queue, result, signal);
      // The others would fail too: they stay due until the next round.
      if (isAway) queues.length = 0;
    });
    return result;
  }

  /** Whether the Monitoring service is unavailable. */
  private async deliverInOrder(
    queue: readonly Waiting[],
    { delivered, deferred }: Result,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const metric of queue) {
      if (isOver(signal)) return false;
      try {
        await this.monitoring.count(metric, signal);
        delivered.push(metric.id);
        this.metrics.countDelivery('delivered');
      } catch (error) {
        const { id, instanceId, tenantId, attempts } = metric;
        const delayMs = backoffMs(attempts + 1, RETRY);
        this.logger.debug(
          { instanceId, tenantId, delayMs, cause: messageOf(error) },
          'failed to deliver a metric',
        );
        this.metrics.countDelivery('deferred');
        deferred.push({ id, delayMs });
        return error instanceof PlatformServiceError;
      }
    }
    return false;
  }

  /** Never rejects: delivery continues if this fails. */
  private async trimDue(signal: AbortSignal): Promise<void> {
    if (performance.now() - this.trimmedAt < TRIM_EVERY_MS) return;
    const { maxRows, maxAgeMs } = this.config;
    try {
      await this.dropAll(() => this.repository.expire(maxAgeMs), signal);
      await this.dropAll(() => this.repository.trim(maxRows), signal);
    } catch (error) {
      this.logger.warn({ err: error }, 'failed to trim the outbox');
    }
    this.trimmedAt = performance.now();
  }

  private async dropAll(drop: () => Promise<number>, signal: AbortSignal): Promise<void> {
    const dropped = await sweepAll(signal, drop);
    if (dropped === 0) return;
    this.metrics.countDelivery('dropped', dropped);
    this.logger.error(
      { dropped },
      'metrics were dropped because the Monitoring service was unavailable for too long',
    );
  }
}

/** Groups by instance, in order of first appearance. */
function byInstance(waiting: readonly Waiting[]): Waiting[][] {
  const queues = new Map<string, Waiting[]>();
  for (const metric of waiting) {
    const queue = queues.get(metric.instanceId);
    if (queue) queue.push(metric);
    else queues.set(metric.instanceId, [metric]);
  }
  return [...queues.values()];
}

/** A function, so that TypeScript does not assume that `aborted` stays the same across awaits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}
