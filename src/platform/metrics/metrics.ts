import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ServiceConfig } from '../service.config';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Result of one reconciliation run. */
export type ReconcileOutcome = 'done' | 'partial' | 'unreachable' | 'failed';

interface CompletedRequest {
  readonly method: string;
  /** The matched pattern, e.g. `/api/v1/compute/instances/:id`; undefined if none matched. */
  readonly route: string | undefined;
  readonly status: number;
  readonly durationMs: number;
}

/** Prometheus metrics of this process. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly operations: Counter<'type' | 'result'>;
  private readonly deliveries: Counter<'result'>;
  private readonly webhooks: Counter<'result'>;
  private readonly reconciles: Counter<'driver' | 'outcome'>;
  private readonly reconciled: Counter<'driver' | 'to'>;
  private readonly leftovers: Counter<'driver'>;
  private readonly starts: Histogram<'driver'>;
  private readonly readiness: Histogram<'driver'>;
  /** prom-client builds a key for each label lookup; the few existing series are cached. */
  private readonly series = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  constructor({ name }: ServiceConfig) {
    this.registry.setDefaultLabels({ service: name });
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of HTTP requests by route and status',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [this.registry],
    });
    this.operations = this.counter(
      'compute_operations_total',
      'Operations that this replica finished, by type and result',
      ['type', 'result'],
    );
    this.deliveries = this.counter(
      'compute_outbox_total',
      'Metrics that this replica delivered to the Monitoring service, deferred or dropped',
      ['result'],
    );
    this.webhooks = this.counter(
      'compute_webhook_attempts_total',
      'Attempts of this replica to deliver events to webhooks: succeeded, failed or, after the last one, dead',
      ['result'],
    );
    this.reconciles = this.counter(
      'compute_reconcile_total',
      'Comparisons of engines with stored instances by this replica, by driver and outcome',
      ['driver', 'outcome'],
    );
    this.reconciled = this.counter(
      'compute_reconciled_instances_total',
      'Instances whose status this replica changed to what the engine reported, by driver and status',
      ['driver', 'to'],
    );
    this.leftovers = this.counter(
      'compute_remains_removed_total',
      'Leftovers of failed creations that this replica removed from an engine, by driver',
      ['driver'],
    );
    this.starts = this.durations(
      'compute_instance_start_duration_seconds',
      'Time from the creation of an instance until its guest was started, by driver',
    );
    this.readiness = this.durations(
      'compute_instance_ready_duration_seconds',
      'Time from the start of a guest until it was ready, by driver; only of instances with readiness',
    );
  }

  /** Uses route patterns and known methods only, so that clients cannot create an unbounded number of series. */
  countRequest({ method, route = 'unmatched', status, durationMs }: CompletedRequest): void {
    const known = METHODS.has(method) ? method : 'other';
    const key = `${known} ${route} ${status}`;
    let series = this.series.get(key);
    if (!series) {
      series = this.requests.labels({ method: known, route, status: String(status) });
      this.series.set(key, series);
    }
    series.observe(durationMs / 1000);
  }

  countOperation(
    type: string,
    result: 'succeeded' | 'failed' | 'postponed' | 'cancelled' | 'released' | 'lost',
  ): void {
    this.operations.inc({ type, result });
  }

  countDelivery(result: 'delivered' | 'deferred' | 'dropped', count = 1): void {
    this.deliveries.inc({ result }, count);
  }

  countWebhook(result: 'succeeded' | 'failed' | 'dead'): void {
    this.webhooks.inc({ result });
  }

  countReconcile(driver: string, outcome: ReconcileOutcome): void {
    this.reconciles.inc({ driver, outcome });
  }

  countReconciled(driver: string, to: string): void {
    this.reconciled.inc({ driver, to });
  }

  countLeftovers(driver: string): void {
    this.leftovers.inc({ driver });
  }

  /** A new instance was started this long after its creation. */
  observeStart(driver: string, seconds: number): void {
    this.starts.observe({ driver }, seconds);
  }

  /** A guest was ready this long after its start. */
  observeReady(driver: string, seconds: number): void {
    this.readiness.observe({ driver }, seconds);
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  private durations(name: string, help: string): Histogram<'driver'> {
    const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];
    return new Histogram({ name, help, labelNames: ['driver'], buckets, registers: [this.registry] });
  }

  /** A gauge whose value is collected when the metrics are read. */
  gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    collect: (gauge: Gauge<L>) => Promise<void>,
  ): void {
    new Gauge({
      name,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      async collect() {
        await collect(this);
      },
    });
  }
}
