import { ReferenceRefusedError, type CallContext, type IntegrationState, type MadeFor } from '../integration';
import { readResource, readResourceOf, readResources, saysError, type ResourceAnswer } from '../http/answers';
import { isMadeFor, markOf } from '../http/made';
import { UnexpectedAnswer } from '../http/call';
import type { NeighbourHttp } from '../http/neighbour.http';
import { isResourceId } from '../http/resource-id';
import { NetworkClient, type NetworkSpec } from './network.client';

const NETWORKS = '/api/v1/network/networks';

export class HttpNetworkClient extends NetworkClient {
  readonly isEnabled = true;

  constructor(private readonly http: NeighbourHttp) {
    super();
  }

  state(): Promise<IntegrationState> {
    return this.http.state();
  }

  async check(context: CallContext, networkId: string): Promise<void> {
    const network = await this.find(context, networkId);
    if (!network) throw ReferenceRefusedError.notFound('network', networkId);
    // The service checks no tenant. Builds that tell neither tenant nor status are believed.
    if ((network.tenantId ?? context.tenantId) !== context.tenantId) {
      throw ReferenceRefusedError.accessDenied('network', networkId);
    }
    if ((network.status ?? 'active') !== 'active') throw ReferenceRefusedError.networkNotActive(networkId);
  }

  async findMade(context: CallContext, madeFor: MadeFor): Promise<string | undefined> {
    const [earlier] = await this.madeFor(context, madeFor);
    return earlier?.id;
  }

  async make(context: CallContext, spec: NetworkSpec, madeFor: MadeFor): Promise<string> {
    const { id } = await this.http.call(context, {
      what: `create network ${spec.name}`,
      method: 'POST',
      path: NETWORKS,
      body: JSON.stringify({ ...spec, metadata: markOf(madeFor) }),
      isRepeatable: false,
      read: (status, body) => {
        if (status !== 201) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResource(body);
      },
    });
    return id;
  }

  async removeMade(context: CallContext, madeFor: MadeFor, keepId: string | null): Promise<void> {
    for (const { id } of await this.madeFor(context, madeFor)) {
      if (id !== keepId) await this.remove(context, id);
    }
  }

  private async find(context: CallContext, id: string): Promise<ResourceAnswer | undefined> {
    if (!isResourceId(id)) return undefined;
    return this.http.call(context, {
      what: `look up network ${id}`,
      method: 'GET',
      path: `${NETWORKS}/${encodeURIComponent(id)}`,
      isRepeatable: true,
      read: (status, body) => {
        if (status === 404 && saysError(body, 'Network not found')) return undefined;
        if (status !== 200) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResourceOf(id, body);
      },
    });
  }

  private async madeFor(context: CallContext, madeFor: MadeFor): Promise<readonly ResourceAnswer[]> {
    const networks = await this.http.call(context, {
      what: 'list networks',
      method: 'GET',
      path: NETWORKS,
      isRepeatable: true,
      isList: true,
      read: (status, body) => {
        if (status !== 200) throw new UnexpectedAnswer(`it answered ${status}`);
        return readResources(body, 'networks');
      },
    });
    return networks.filter((network) => isMadeFor(network, madeFor));
  }

  private async remove(context: CallContext, id: string): Promise<void> {
    await this.http.call(context, {
      what: `delete network ${id}`,
      method: 'DELETE',
      path: `${NETWORKS}/${encodeURIComponent(id)}`,
      isRepeatable: true,
      read: (status, body) => {
        if (status === 204 || (status === 404 && saysError(body, 'Network not found'))) return;
        // The tenant has made something of it: it is not ours to take away any more.
        if (status === 400 && saysError(body, 'Network has active subnets')) return;
        throw new UnexpectedAnswer(`it answered ${status}`);
      },
    });
  }
}
