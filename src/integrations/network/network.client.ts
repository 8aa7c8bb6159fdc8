import type { CallContext, IntegrationState, Owner } from '../integration';

export interface NetworkSpec {
  readonly name: string;
  /** IPv4, e.g. 10.0.1.0/24. */
  readonly cidr: string;
}

/**
 * The platform's Network service. It has no attachments: attaching only checks the network,
 * and detaching does not involve the service.
 *
 * Methods reject with `PlatformServiceError` if the service is unreachable or its response is invalid.
 */
export abstract class NetworkClient {
  /** Whether the service is configured; if not, ids are accepted unchecked. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /** @throws {ReferenceRefusedError} if the network does not exist, is not active or belongs to another tenant. */
  abstract check(context: CallContext, networkId: string): Promise<void>;
  /** Id of the network created earlier for this owner, if any. */
  abstract findByOwner(context: CallContext, owner: Owner): Promise<string | undefined>;
  /** Creates another network for this owner; returns its id. */
  abstract make(context: CallContext, spec: NetworkSpec, owner: Owner): Promise<string>;
  /** Removes the networks created for this owner except `keepId`. Networks with subnets are in use and stay. */
  abstract deleteByOwner(context: CallContext, owner: Owner, keepId: string | null): Promise<void>;
}
