import { callPeer } from '../support/call-peer';
import { eventually } from '../support/eventually';
import { MonitoringPeer } from '../support/peers/monitoring.peer';
import { NetworkPeer, type Network } from '../support/peers/network.peer';
import type { Peer } from '../support/peers/peer';
import { StoragePeer, type Volume } from '../support/peers/storage.peer';

const NETWORKS = '/api/v1/network/networks';
const VOLUMES = '/api/v1/storage/volumes';
const METRICS = '/api/v1/monitoring/metrics';
const CHECKS = '/api/v1/monitoring/health-checks';
/** Longer than any test. */
const FOREVER_MS = 3_600_000;

const tenantId = 'tenant-a';
const stranger = 'tenant-b';

const AN_ID: unknown = expect.stringMatching(/^[\da-f-]{36}$/);
const A_TIME: unknown = expect.any(Number);
const OF_TENANT_A: unknown = expect.objectContaining({ 'x-tenant-id': tenantId });

const started: Peer[] = [];
afterEach(async () => {
  for (const peer of started.splice(0)) await peer.stop();
});

async function startedOf<T extends Peer>(starting: Promise<T>): Promise<T> {
  const peer = await starting;
  started.push(peer);
  return peer;
}

describe('every platform service', () => {
  it.each([
    ['network-service', () => NetworkPeer.start()],
    ['storage-service', () => StoragePeer.start()],
    ['monitoring-service', () => MonitoringPeer.start()],
  ])('%s reports that it is healthy, and gives an empty 404 for unknown routes', async (service, start) => {
    const peer = await startedOf<Peer>(start());
    const health = await callPeer(peer, 'GET /health');
    expect(health).toMatchObject({ status: 200, body: { status: 'healthy', service } });
    expect(await callPeer(peer, 'GET /api/v2')).toMatchObject({ status: 404, text: '' });
  });

  it('records the requests it receives', async () => {
    const peer = await startedOf(NetworkPeer.start());
    await callPeer(peer, `POST ${NETWORKS}?a=b`, { tenantId, body: 'no JSON' });
    expect(peer.received).toEqual([
      {
        method: 'POST',
        path: `${NETWORKS}?a=b`,
        headers: OF_TENANT_A,
        body: 'no JSON',
      },
    ]);
  });

  it('answers 500 to an invalid body', async () => {
    const peer = await startedOf(NetworkPeer.start());
    const bodies = ['no JSON', '[]', {}, { name: 1, cidr: '' }, { name: '', cidr: '', metadata: { a: 1 } }];
    for (const body of bodies) {
      expect(await callPeer(peer, `POST ${NETWORKS}`, { body })).toMatchObject({ status: 500 });
    }
    expect(peer.networks.size).toBe(0);
  });
});

describe('the network service', () => {
  let peer: NetworkPeer;
  beforeEach(async () => {
    peer = await startedOf(NetworkPeer.start());
  });

  it('creates an active network of the tenant', async () => {
    const body = { name: 'net', cidr: '10.1.0.0/16', metadata: { made: 'by hand' } };
    const created = await callPeer<Network>(peer, `POST ${NETWORKS}`, { tenantId, body });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      ...body,
      id: AN_ID,
      tenantId,
      status: 'active',
      createdAt: A_TIME,
      updatedAt: A_TIME,
    });
    expect(Math.abs(created.body.createdAt - Date.now() / 1000)).toBeLessThan(60);
    expect(peer.networks.get(created.body.id)).toEqual(created.body);
  });

  it('treats a request without a tenant as one of tenant `default`', async () => {
    const created = await callPeer(peer, `POST ${NETWORKS}`, { body: { name: 'net', cidr: '10.1.0.0/16' } });
    expect(created.body).toMatchObject({ tenantId: 'default', metadata: {} });
  });

  it('shows and deletes a network for any tenant', async () => {
    const network = peer.addNetwork(tenantId);
    const found = await callPeer(peer, `GET ${NETWORKS}/${network.id}`, { tenantId: stranger });
    expect(found).toMatchObject({ status: 200, body: network });
    const deleted = await callPeer(peer, `DELETE ${NETWORKS}/${network.id}`, { tenantId: stranger });
    expect(deleted.status).toBe(204);
    const gone = { status: 404, body: { error: 'Network not found' } };
    expect(await callPeer(peer, `GET ${NETWORKS}/${network.id}`)).toMatchObject(gone);
    expect(await callPeer(peer, `DELETE ${NETWORKS}/${network.id}`)).toMatchObject(gone);
  });

  it("lists only the tenant's own networks", async () => {
    const network = peer.addNetwork(tenantId, { status: 'error' });
    peer.addNetwork(stranger);
    const { status, body } = await callPeer(peer, `GET ${NETWORKS}`, { tenantId });
    expect({ status, body }).toEqual({ status: 200, body: { networks: [network] } });
  });

  it('does not delete a network that has subnets', async () => {
    const { id } = peer.addNetwork(tenantId);
    const subnet = await callPeer(peer, 'POST /api/v1/network/subnets', { body: { networkId: id } });
    expect(subnet.status).toBe(201);
    expect(await callPeer(peer, `DELETE ${NETWORKS}/${id}`)).toMatchObject({
      status: 400,
      body: { error: 'Network has active subnets' },
    });
    expect(peer.networks.has(id)).toBe(true);
  });
});

describe('the storage service', () => {
  let peer: StoragePeer;
  beforeEach(async () => {
    peer = await startedOf(StoragePeer.start({ volumeDelayMs: FOREVER_MS }));
  });

  async function created(of: StoragePeer): Promise<Volume> {
    const body = { name: 'disk', sizeGB: 5, metadata: { made: 'by hand' } };
    const answer = await callPeer<Volume>(of, `POST ${VOLUMES}`, { tenantId, body });
    expect(answer.status).toBe(201);
    return answer.body;
  }
  const attach = (of: StoragePeer, id: string, instanceId: string) =>
    callPeer<Volume>(of, `POST ${VOLUMES}/${id}/attach`, { tenantId: stranger, body: { instanceId } });

  it('creates a block volume that is detached and not yet available', async () => {
    const volume = await created(peer);
    expect(volume).toEqual({
      id: AN_ID,
      name: 'disk',
      tenantId,
      sizeGB: 5,
      type: 'block',
      status: 'creating',
      attachedTo: '',
      createdAt: A_TIME,
      updatedAt: A_TIME,
      metadata: { made: 'by hand' },
    });
    expect(peer.volumes.get(volume.id)).toEqual(volume);
  });

  it('answers 500 to a fractional size', async () => {
    const body = { name: 'disk', sizeGB: 1.5 };
    expect(await callPeer(peer, `POST ${VOLUMES}`, { tenantId, body })).toMatchObject({ status: 500 });
  });

  it('makes a volume available after the delay', async () => {
    const quick = await startedOf(StoragePeer.start({ volumeDelayMs: 5 }));
    const { id } = await created(quick);
    await eventually(() => expect(quick.volumes.get(id)?.status).toBe('available'));
  });

  it('crashes if a volume is deleted while it is being created', async () => {
    const quick = await StoragePeer.start({ volumeDelayMs: 100 });
    const { id } = await created(quick);
    expect((await callPeer(quick, `DELETE ${VOLUMES}/${id}`, { tenantId })).status).toBe(204);
    await eventually(() => expect(quick.crashed).toContain(id));
    await expect(callPeer(quick, 'GET /health')).rejects.toThrow();
    await expect(quick.stop()).rejects.toThrow(id);
  });

  it('drops an attachment made while the volume is being created', async () => {
    const quick = await startedOf(StoragePeer.start({ volumeDelayMs: 1000 }));
    const { id } = await created(quick);
    expect((await attach(quick, id, 'instance-1')).body).toMatchObject({ status: 'in-use' });
    await eventually(() =>
      expect(quick.volumes.get(id)).toMatchObject({ status: 'available', attachedTo: '' }),
    );
    expect(quick.attachedTo('instance-1')).toEqual([]);
  });

  it('shows, lists and deletes a volume only for its own tenant', async () => {
    const volume = peer.addVolume(tenantId);
    const other = peer.addVolume(stranger);
    const denied = { status: 403, body: { error: 'Access denied' } };
    for (const method of ['GET', 'DELETE']) {
      expect(await callPeer(peer, `${method} ${VOLUMES}/${other.id}`, { tenantId })).toMatchObject(denied);
    }
    const found = await callPeer(peer, `GET ${VOLUMES}/${volume.id}`, { tenantId });
    expect(found).toMatchObject({ status: 200, body: volume });
    expect((await callPeer(peer, `GET ${VOLUMES}`, { tenantId })).body).toEqual({ volumes: [volume] });
    expect((await callPeer(peer, `DELETE ${VOLUMES}/${volume.id}`, { tenantId })).status).toBe(204);
    expect([...peer.volumes.keys()]).toEqual([other.id]);
  });

  it.each(['GET /', 'DELETE /', 'POST //attach', 'POST //detach'])(
    'does not find a missing volume with %s',
    async (route) => {
      const [method = '', action = ''] = route.split(' /');
      const body = { instanceId: 'instance-1' };
      const answer = await callPeer(peer, `${method} ${VOLUMES}/none${action}`, {
        tenantId,
        ...(method === 'POST' && { body }),
      });
      expect(answer).toMatchObject({ status: 404, body: { error: 'Volume not found' } });
    },
  );

  it('lets any tenant attach a volume, even one that is attached to another instance', async () => {
    const { id } = peer.addVolume(tenantId);
    await attach(peer, id, 'instance-1');
    const stolen = await attach(peer, id, 'instance-2');
    expect(stolen).toMatchObject({ status: 200, body: { status: 'in-use', attachedTo: 'instance-2' } });
    expect(peer.attachedTo('instance-1')).toEqual([]);
    expect(peer.attachedTo('instance-2')).toEqual([stolen.body]);
  });

  it('does not delete an attached volume; detaching may be repeated', async () => {
    const { id } = peer.addVolume(tenantId, { status: 'in-use', attachedTo: 'instance-1' });
    expect(await callPeer(peer, `DELETE ${VOLUMES}/${id}`, { tenantId })).toMatchObject({
      status: 400,
      body: { error: 'Volume is currently attached' },
    });
    for (let times = 0; times < 2; times++) {
      const detached = await callPeer(peer, `POST ${VOLUMES}/${id}/detach`, { tenantId });
      expect(detached).toMatchObject({ status: 200, body: { status: 'available', attachedTo: '' } });
    }
    expect((await callPeer(peer, `DELETE ${VOLUMES}/${id}`, { tenantId })).status).toBe(204);
  });
});

describe('the published build', () => {
  const ALL_THAT_IT_SHOWS = ['createdAt', 'id', 'metadata', 'updatedAt'];
  const membersOf = (shown: object = {}) => Object.keys(shown).sort();

  it('omits the type-specific fields of a network', async () => {
    const peer = await startedOf(NetworkPeer.start({ isPublishedBuild: true }));
    const body = { name: 'net', cidr: '10.1.0.0/16' };
    const created = await callPeer<Network>(peer, `POST ${NETWORKS}`, { tenantId, body });
    const found = await callPeer<object>(peer, `GET ${NETWORKS}/${created.body.id}`);
    const list = await callPeer<{ networks: object[] }>(peer, `GET ${NETWORKS}`, { tenantId });
    for (const shown of [created.body, found.body, list.body.networks[0]]) {
      expect(membersOf(shown)).toEqual(ALL_THAT_IT_SHOWS);
    }
  });

  it('omits the type-specific fields of a volume, but still uses them', async () => {
    const peer = await startedOf(StoragePeer.start({ isPublishedBuild: true }));
    const { id } = peer.addVolume(tenantId);
    const found = await callPeer<object>(peer, `GET ${VOLUMES}/${id}`, { tenantId });
    const list = await callPeer<{ volumes: object[] }>(peer, `GET ${VOLUMES}`, { tenantId });
    const body = { instanceId: 'instance-1' };
    const attached = await callPeer<object>(peer, `POST ${VOLUMES}/${id}/attach`, { tenantId, body });
    for (const shown of [found.body, list.body.volumes[0], attached.body]) {
      expect(membersOf(shown)).toEqual(ALL_THAT_IT_SHOWS);
    }
    expect(peer.attachedTo('instance-1')).toHaveLength(1);
    expect((await callPeer(peer, `GET ${VOLUMES}/${id}`, { tenantId: stranger })).status).toBe(403);
  });
});

describe('the monitoring service', () => {
  let peer: MonitoringPeer;
  beforeEach(async () => {
    peer = await startedOf(MonitoringPeer.start());
  });

  const metricOf = (value: string) =>
    `{"name":"instance_created","type":"counter","value": ${value},"labels":{"value":"1"}}`;

  it.each(['1.0', '1e0', '0.5', '-1.5E3'])('accepts a metric with the value %s', async (value) => {
    const answer = await callPeer(peer, `POST ${METRICS}`, { tenantId, body: metricOf(value) });
    expect(answer.status).toBe(201);
    expect(peer.metrics).toEqual([
      { name: 'instance_created', type: 'counter', value: Number(value), labels: { value: '1' }, tenantId },
    ]);
  });

  it.each(['1', '0', '-10', '"1.0"'])('answers 500 to the value %s and stores nothing', async (value) => {
    expect(await callPeer(peer, `POST ${METRICS}`, { body: metricOf(value) })).toMatchObject({ status: 500 });
    expect(peer.metrics).toEqual([]);
  });

  it('stores health checks', async () => {
    const short = { service: 'compute-service', status: 'healthy' };
    const long = { ...short, status: 'degraded', responseTime: 12, message: 'the queue is long' };
    for (const body of [short, long]) {
      expect((await callPeer(peer, `POST ${CHECKS}`, { tenantId, body })).status).toBe(201);
    }
    expect(peer.healthChecks).toEqual([
      { ...short, tenantId },
      { ...long, tenantId },
    ]);
  });
});
