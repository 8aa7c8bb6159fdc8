import type { CallContext, IntegrationState, MadeFor } from '../integration';

export interface NetworkSpec {
  readonly name: string;
  /** IPv4, e.g. 10.0.1.0/24. */
  readonly cidr: string;
}

/**
 * The platform's Network service. It knows no attachment: to attach is to check the network,
 * to detach is to forget it.
 *
 * Methods reject with `NeighbourError` where the service cannot be reached or answers nonsense.
 */
export abstract class NetworkClient {
  /** Whether there is such a service; where there is none, ids are taken as they are given. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /** @throws {ReferenceRefusedError} where it does not exist, is not active or another tenant's. */
  abstract check(context: CallContext, networkId: string): Promise<void>;
  /** The id of what was made under a mark; undefined where there is none so far. */
  abstract findMade(context: CallContext, madeFor: MadeFor): Promise<string | undefined>;
  /** Makes one more network under a mark; gives its id. */
  abstract make(context: CallContext, spec: NetworkSpec, madeFor: MadeFor): Promise<string>;
  /** Removes everything that was made under a mark except `keepId`. What has subnets stays: it is in use. */
  abstract removeMade(context: CallContext, madeFor: MadeFor, keepId: string | null): Promise<void>;
}
