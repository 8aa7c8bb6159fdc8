import { Injectable } from '@nestjs/common';
import { DISABLED, IntegrationDisabledError, type IntegrationState } from '../integration';
import { NetworkClient } from './network.client';

/** No Network service here: network ids are recorded as they are given. */
@Injectable()
export class DisabledNetworkClient extends NetworkClient {
  readonly isEnabled = false;

  async state(): Promise<IntegrationState> {
    return DISABLED;
  }

  async check(): Promise<void> {
    // Nobody to ask.
  }

  async findMade(): Promise<undefined> {
    // Nobody to ask.
  }

  make(): Promise<never> {
    return Promise.reject(new IntegrationDisabledError('Making a network', 'Network'));
  }

  async removeMade(): Promise<void> {
    // What was made while there was a service is that service's now.
  }
}
