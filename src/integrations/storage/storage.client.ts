import type { CallContext, IntegrationState } from '../integration';

/** The platform's Storage service. Attaching and detaching may be repeated: they end in the same state. */
export abstract class StorageClient {
  abstract readonly state: IntegrationState;
  /** Resolves where the volume exists and is the tenant's; where there is no service, for any id. */
  abstract check(context: CallContext, volumeId: string): Promise<void>;
  abstract attach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  abstract detach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
}
