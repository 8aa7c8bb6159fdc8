import { Injectable } from '@nestjs/common';
import { DISABLED, type IntegrationState } from '../integration';
import { MonitoringClient } from './monitoring.client';

/** No Monitoring service here. */
@Injectable()
export class DisabledMonitoringClient extends MonitoringClient {
  readonly isEnabled = false;

  async state(): Promise<IntegrationState> {
    return DISABLED;
  }

  async count(): Promise<void> {
    // Nobody counts.
  }

  async report(): Promise<void> {
    // Nobody reads it.
  }
}
