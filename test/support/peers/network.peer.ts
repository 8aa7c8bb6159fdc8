import { randomUUID } from 'node:crypto';
import { Peer, type Call, type Route } from './peer';
import { DONE, json, refusal, type Reply } from './reply';
import { shown, unixNow, type Build, type Resource } from './resource';

const NETWORKS = '/api/v1/network/networks';
const NOT_FOUND = refusal(404, 'Network not found');

export interface Network extends Resource {
  readonly name: string;
  readonly tenantId: string;
  readonly cidr: string;
  readonly status: string;
}

interface Subnet {
  readonly id: string;
  readonly networkId: string;
}

export interface NetworkPeerOptions extends Build {
  readonly port?: number;
}

/** Checks the tenant only in lists: any caller who knows a network's id can read and delete it. */
export class NetworkPeer extends Peer {
  protected readonly service = 'network-service';
  protected readonly routes: readonly Route[] = [
    { method: 'GET', path: NETWORKS, answer: (call) => this.list(call) },
    { method: 'POST', path: NETWORKS, answer: (call) => this.create(call) },
    { method: 'GET', path: `${NETWORKS}/:id`, answer: (call) => this.find(call) },
    { method: 'DELETE', path: `${NETWORKS}/:id`, answer: (call) => this.remove(call) },
    { method: 'POST', path: '/api/v1/network/subnets', answer: (call) => this.createSubnet(call) },
  ];
  private readonly networksById = new Map<string, Network>();
  private readonly subnets: Subnet[] = [];

  private constructor(private readonly build: Build) {
    super();
  }

  static async start(options: NetworkPeerOptions = {}): Promise<NetworkPeer> {
    const peer = new NetworkPeer(options);
    await peer.open(options.port);
    return peer;
  }

  get networks(): ReadonlyMap<string, Network> {
    return this.networksById;
  }

  addNetwork(tenantId: string, members: Partial<Network> = {}): Network {
    const now = unixNow();
    const network: Network = {
      id: randomUUID(),
      name: 'net',
      tenantId,
      cidr: '10.0.0.0/24',
      status: 'active',
      createdAt: now,
      updatedAt: now,
      metadata: {},
      ...members,
    };
    this.networksById.set(network.id, network);
    return network;
  }

  private list({ tenantId }: Call): Reply {
    const own = [...this.networks.values()].filter((network) => network.tenantId === tenantId);
    return json(200, { networks: own.map((network) => shown(network, this.build)) });
  }

  private create({ tenantId, body }: Call): Reply {
    const sent = body();
    const network = this.addNetwork(tenantId, {
      name: sent.text('name'),
      cidr: sent.text('cidr'),
      metadata: sent.texts('metadata'),
    });
    return json(201, shown(network, this.build));
  }

  private find({ id }: Call): Reply {
    const network = this.networks.get(id);
    return network ? json(200, shown(network, this.build)) : NOT_FOUND;
  }

  private remove({ id }: Call): Reply {
    if (!this.networks.has(id)) return NOT_FOUND;
    if (this.subnets.some(({ networkId }) => networkId === id)) {
      return refusal(400, 'Network has active subnets');
    }
    this.networksById.delete(id);
    return DONE;
  }

  private createSubnet({ body }: Call): Reply {
    const networkId = body().text('networkId');
    if (!this.networks.has(networkId)) return NOT_FOUND;
    const subnet: Subnet = { id: randomUUID(), networkId };
    this.subnets.push(subnet);
    return json(201, subnet);
  }
}
