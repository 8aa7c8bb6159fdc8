import { Injectable } from '@nestjs/common';
import { MonitoringClient } from './monitoring.client';

/** No Monitoring service here. */
@Injectable()
export class DisabledMonitoringClient extends MonitoringClient {
  readonly state = 'disabled';

  count(): void {
    // Nobody counts.
  }
}
