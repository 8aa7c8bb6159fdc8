import { Injectable } from '@nestjs/common';
import { DISABLED, type IntegrationState } from '../integration';
import { IntegrationDisabledError } from '../integration.errors';
import { StorageClient } from './storage.client';

/** Used if no Storage service is configured: volume ids are recorded unchecked, and nothing is attached. */
@Injectable()
export class DisabledStorageClient extends StorageClient {
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
    return Promise.reject(new IntegrationDisabledError('Creating a volume', 'Storage'));
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

  async deleteByOwner(): Promise<void> {
    // Volumes created earlier, while a service was configured, are left alone.
  }
}
