import { Injectable } from '@nestjs/common';
import { StorageClient } from './storage.client';

/** No Storage service here: volume ids are recorded as they are given, and attached to nothing. */
@Injectable()
export class DisabledStorageClient extends StorageClient {
  readonly state = 'disabled';

  async check(): Promise<void> {
    // Nobody to ask.
  }

  async attach(): Promise<void> {
    // See check.
  }

  async detach(): Promise<void> {
    // See check.
  }
}
