import { Peer, type Call, type Route } from './peer';
import { json, type Reply } from './reply';

const METRIC_TYPES = ['counter', 'gauge', 'histogram'] as const;
const STATUSES = ['healthy', 'degraded', 'unhealthy'] as const;
/** A number without fraction and exponent, matched in the raw text because parsing makes 1 and 1.0 equal. */
const INTEGER_VALUE = /"value"\s*:\s*-?\d+(?![\d.eE])/;

export interface Metric {
  readonly name: string;
  readonly type: (typeof METRIC_TYPES)[number];
  readonly value: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly tenantId: string;
}

export interface HealthCheck {
  readonly service: string;
  readonly status: (typeof STATUSES)[number];
  /** Integer milliseconds. */
  readonly responseTime?: number;
  readonly message?: string;
  readonly tenantId: string;
}

export interface MonitoringPeerOptions {
  readonly port?: number;
}

/** Like the original, answers 500 if a metric's value is written as an integer. */
export class MonitoringPeer extends Peer {
  protected readonly service = 'monitoring-service';
  protected readonly routes: readonly Route[] = [
    { method: 'POST', path: '/api/v1/monitoring/metrics', answer: (call) => this.keepMetric(call) },
    {
      method: 'POST',
      path: '/api/v1/monitoring/health-checks',
      answer: (call) => this.keepHealthCheck(call),
    },
  ];
  private readonly keptMetrics: Metric[] = [];
  private readonly keptHealthChecks: HealthCheck[] = [];

  private constructor() {
    super();
  }

  static async start({ port }: MonitoringPeerOptions = {}): Promise<MonitoringPeer> {
    const peer = new MonitoringPeer();
    await peer.open(port);
    return peer;
  }

  get metrics(): readonly Metric[] {
    return this.keptMetrics;
  }

  get healthChecks(): readonly HealthCheck[] {
    return this.keptHealthChecks;
  }

  private keepMetric({ tenantId, body, raw }: Call): Reply {
    if (INTEGER_VALUE.test(raw)) throw new Error('value is an integer, not a float');
    const sent = body();
    const metric: Metric = {
      name: sent.text('name'),
      type: sent.oneOf('type', METRIC_TYPES),
      value: sent.number('value'),
      labels: sent.texts('labels'),
      tenantId,
    };
    this.keptMetrics.push(metric);
    return json(201, metric);
  }

  private keepHealthCheck({ tenantId, body }: Call): Reply {
    const sent = body();
    const check: HealthCheck = {
      service: sent.text('service'),
      status: sent.oneOf('status', STATUSES),
      tenantId,
      ...(sent.has('responseTime') && { responseTime: sent.integer('responseTime') }),
      ...(sent.has('message') && { message: sent.text('message') }),
    };
    this.keptHealthChecks.push(check);
    return json(201, check);
  }
}
