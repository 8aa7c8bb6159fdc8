import { Injectable } from '@nestjs/common';
import { DISABLED, type IntegrationState } from '../integration';
import { MonitoringClient } from './monitoring.client';

/** Used if no Monitoring service is configured. */
@Injectable()
export class DisabledMonitoringClient extends MonitoringClient {
  readonly isEnabled = false;

  async state(): Promise<IntegrationState> {
    return DISABLED;
  }

  async count(): Promise<void> {
    // Nowhere to send metrics.
  }

  async report(): Promise<void> {
    // Nowhere to send reports.
  }
}
