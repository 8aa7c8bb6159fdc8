import type { CallContext, IntegrationState, Owner } from '../integration';
import { ReferenceRefusedError } from '../integration.errors';
import type { PlatformResource } from '../http/resource-responses';
import type { PlatformServiceHttp } from '../http/platform-service.http';
import { Resources, type ResourceKind } from '../http/resources';
import { NetworkClient, type NetworkSpec } from './network.client';

const NETWORKS: ResourceKind = {
  name: 'network',
  path: '/api/v1/network/networks',
  member: 'networks',
  notFound: 'Network not found',
  denied: 'Access denied',
  inUse: 'Network has active subnets',
};

export class HttpNetworkClient extends NetworkClient {
  readonly isEnabled = true;
  private readonly networks: Resources;

  constructor(private readonly http: PlatformServiceHttp) {
    super();
    this.networks = new Resources(http, NETWORKS);
  }

  state(): Promise<IntegrationState> {
    return this.http.state();
  }

  async check(context: CallContext, networkId: string): Promise<void> {
    const network = await this.networks.find(context, networkId);
    if (!network) throw ReferenceRefusedError.notFound('network', networkId);
    if (network === 'foreign' || !(await this.isOwn(context, network))) {
      throw ReferenceRefusedError.accessDenied('network', networkId);
    }
    if ((network.status ?? 'active') !== 'active') throw ReferenceRefusedError.networkNotActive(networkId);
  }

  async findByOwner(context: CallContext, owner: Owner): Promise<string | undefined> {
    const [earlier] = await this.networks.ownedBy(context, owner);
    return earlier?.id;
  }

  async make(context: CallContext, spec: NetworkSpec, owner: Owner): Promise<string> {
    const { id } = await this.networks.make(context, spec, owner);
    return id;
  }

  async deleteByOwner(context: CallContext, owner: Owner, keepId: string | null): Promise<void> {
    for (const { id } of await this.networks.ownedBy(context, owner)) {
      if (id !== keepId) await this.networks.remove(context, id);
    }
  }

  /** The service does not check a network's tenant on lookup, and some builds do not report it. */
  private async isOwn(context: CallContext, { id, tenantId }: PlatformResource): Promise<boolean> {
    if (tenantId !== undefined) return tenantId === context.tenantId;
    return (await this.networks.list(context)).some((own) => own.id === id);
  }
}
