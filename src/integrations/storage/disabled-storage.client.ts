import { Injectable } from '@nestjs/common';
import { DISABLED, IntegrationDisabledError, type IntegrationState } from '../integration';
import { StorageClient } from './storage.client';

/** No Storage service here: volume ids are recorded as they are given, and attached to nothing. */
@Injectable()
export class DisabledStorageClient extends StorageClient {
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
    return Promise.reject(new IntegrationDisabledError('Making a volume', 'Storage'));
  }

  async awaitAttachable(): Promise<void> {
    // See check.
  }

  async attach(): Promise<void> {
    // See check.
  }

  async detach(): Promise<void> {
    // See check.
  }

  async detachAll(): Promise<void> {
    // See check.
  }

  async removeMade(): Promise<void> {
    // What was made while there was a service is that service's now.
  }
}
