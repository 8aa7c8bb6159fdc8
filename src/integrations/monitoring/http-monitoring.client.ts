import { MetricRefusedError } from '../integration.errors';
import type { IntegrationState } from '../integration';
import { UnexpectedResponseError } from '../http/call';
import type { PlatformServiceHttp } from '../http/platform-service.http';
import { MonitoringClient, type HealthReport, type LifecycleMetric } from './monitoring.client';

const MONITORING = '/api/v1/monitoring';

export class HttpMonitoringClient extends MonitoringClient {
  readonly isEnabled = true;

  constructor(
    private readonly http: PlatformServiceHttp,
    /** Tenant under which this service reports its own health. */
    private readonly ownTenant: string,
  ) {
    super();
  }

  state(): Promise<IntegrationState> {
    return this.http.state();
  }

  count({ name, tenantId, type, flavor }: LifecycleMetric, signal: AbortSignal): Promise<void> {
    const labels = { service: 'compute', type, flavor };
    // The service rejects an integer token, which JSON.stringify would produce for 1.0.
    const body = `{"name":"${name}","type":"counter","value":1.0,"labels":${JSON.stringify(labels)}}`;
    return this.post(`count ${name}`, '/metrics', { tenantId, body, signal });
  }

  report(report: HealthReport, signal: AbortSignal): Promise<void> {
    const body = JSON.stringify({ service: 'compute-service', ...report });
    return this.post('report health', '/health-checks', { tenantId: this.ownTenant, body, signal });
  }

  private post(
    what: string,
    path: string,
    { tenantId, body, signal }: { tenantId: string; body: string; signal: AbortSignal },
  ): Promise<void> {
    return this.http.call(
      { tenantId, signal },
      {
        what,
        method: 'POST',
        path: `${MONITORING}${path}`,
        body,
        isRepeatable: false,
        read: (status) => {
          // Rejected by the service itself: it is available and may accept other metrics.
          if (status >= 400 && status < 500) throw new MetricRefusedError(status);
          if (status !== 201 && status !== 200)
            throw new UnexpectedResponseError(`it returned status ${status}`);
        },
      },
    );
  }
}
