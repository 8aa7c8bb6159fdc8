import { Injectable } from '@nestjs/common';
import { DISABLED, type IntegrationState } from '../integration';
import { IntegrationDisabledError } from '../integration.errors';
import { NetworkClient } from './network.client';

/** Used if no Network service is configured: network ids are recorded unchecked. */
@Injectable()
export class DisabledNetworkClient extends NetworkClient {
  readonly isEnabled = false;

  async state(): Promise<IntegrationState> {
    return DISABLED;
  }

  async check(): Promise<void> {
    // No service to ask.
  }

  async findByOwner(): Promise<undefined> {
    // No service to ask.
  }

  make(): Promise<never> {
    return Promise.reject(new IntegrationDisabledError('Creating a network', 'Network'));
  }

  async deleteByOwner(): Promise<void> {
    // Networks created earlier, while a service was configured, are left alone.
  }
}
