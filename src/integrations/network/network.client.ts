import type { CallContext, IntegrationState } from '../integration';

/**
 * The platform's Network service. It knows no attachment: to attach is to check the network,
 * to detach is to forget it.
 */
export abstract class NetworkClient {
  abstract readonly state: IntegrationState;
  /** Resolves where the network exists, is active and the tenant's; where there is no service, for any id. */
  abstract check(context: CallContext, networkId: string): Promise<void>;
}
