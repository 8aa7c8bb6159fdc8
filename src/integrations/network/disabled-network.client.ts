import { Injectable } from '@nestjs/common';
import { NetworkClient } from './network.client';

/** No Network service here: network ids are recorded as they are given. */
@Injectable()
export class DisabledNetworkClient extends NetworkClient {
  readonly state = 'disabled';

  async check(): Promise<void> {
    // Nobody to ask.
  }
}
