import { once } from 'node:events';
import { connect } from 'node:net';
import { callPeer } from '../support/call-peer';
import { eventually } from '../support/eventually';
import { MonitoringPeer } from '../support/peers/monitoring.peer';
import { NetworkPeer } from '../support/peers/network.peer';
import type { Peer } from '../support/peers/peer';
import { StoragePeer } from '../support/peers/storage.peer';

/** A platform service, a request that makes it do some work, and how often that work was done. */
interface Worker {
  readonly peer: Peer;
  readonly line: `POST /${string}`;
  readonly body: unknown;
  readonly worksDone: () => number;
}

async function networkWorker(): Promise<Worker> {
  const peer = await NetworkPeer.start();
  const body = { name: 'net', cidr: '10.0.0.0/24' };
  return { peer, line: 'POST /api/v1/network/networks', body, worksDone: () => peer.networks.size };
}

async function storageWorker(): Promise<Worker> {
  const peer = await StoragePeer.start();
  const body = { name: 'disk', sizeGB: 1 };
  return { peer, line: 'POST /api/v1/storage/volumes', body, worksDone: () => peer.volumes.size };
}

async function monitoringWorker(): Promise<Worker> {
  const peer = await MonitoringPeer.start();
  const body = { name: 'instance_created', type: 'counter', value: 0.5, labels: {} };
  return { peer, line: 'POST /api/v1/monitoring/metrics', body, worksDone: () => peer.metrics.length };
}

const request = ({ peer, line, body }: Worker) => callPeer(peer, line, { body });

/** Not fetch, which would reuse a kept connection. */
async function connectTo({ url }: Peer) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

describe.each([
  ['network', networkWorker],
  ['storage', storageWorker],
  ['monitoring', monitoringWorker],
])('the faults of the %s service', (_name, start) => {
  let worker: Worker;
  let peer: Peer;
  beforeEach(async () => {
    worker = await start();
    peer = worker.peer;
  });
  afterEach(() => peer.stop());

  async function expectsToWork(): Promise<void> {
    const before = worker.worksDone();
    expect((await request(worker)).status).toBe(201);
    expect(worker.worksDone()).toBe(before + 1);
  }

  it('refuse: closes all connections and accepts none, then listens on the same port after heal', async () => {
    const { url } = peer;
    const socket = await connectTo(peer);
    const closed = once(socket, 'close');
    await peer.fail('refuse');
    await closed;
    await expect(connectTo(peer)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(request(worker)).rejects.toThrow();
    await peer.heal();
    expect(peer.url).toBe(url);
    expect(peer.received).toEqual([]);
    await expectsToWork();
  });

  it('hang: accepts the request and does not answer until heal closes the connection', async () => {
    await peer.fail('hang', { times: 1 });
    let isOver = false;
    const over = expect(request(worker)).rejects.toThrow();
    void over.finally(() => (isOver = true));
    await eventually(() => expect(peer.received).toHaveLength(1));
    await expectsToWork();
    expect(isOver).toBe(false);
    expect(worker.worksDone()).toBe(1);
    await peer.heal();
    await over;
    await expectsToWork();
  });

  it.each([
    ['error500', 500, 'application/json', /^\{"error":".+"\}$/],
    ['notFound', 404, 'text/html', /^$/],
    ['garbage', 200, 'text/html', /^<html>/],
  ] as const)('%s: answers %i without doing the work', async (fault, status, type, text) => {
    await peer.fail(fault);
    for (let times = 1; times <= 2; times++) {
      const answer = await request(worker);
      expect(answer.status).toBe(status);
      expect(answer.text).toMatch(text);
      expect(answer.headers.get('content-type')).toBe(type);
      expect(peer.received).toHaveLength(times);
    }
    expect(worker.worksDone()).toBe(0);
    await peer.heal();
    await expectsToWork();
  });

  it('lostAnswer: does the work and closes the connection', async () => {
    await peer.fail('lostAnswer', { times: 1 });
    await expect(request(worker)).rejects.toThrow();
    expect(worker.worksDone()).toBe(1);
    expect(peer.received).toHaveLength(1);
    await expectsToWork();
  });

  it('stops while it refuses and while requests hang', async () => {
    await peer.fail('hang');
    const over = expect(request(worker)).rejects.toThrow();
    await eventually(() => expect(peer.received).toHaveLength(1));
    await peer.stop();
    await over;
    await peer.stop();
  });
});

describe('the scope of a fault', () => {
  let worker: Worker;
  let peer: Peer;
  beforeEach(async () => {
    worker = await storageWorker();
    peer = worker.peer;
  });
  afterEach(() => peer.stop());

  const statusOf = async (line: `${string} /${string}`) => (await callPeer(peer, line)).status;

  it('is limited by a method and a part of the path', async () => {
    await peer.fail('error500', { method: 'GET', path: /volumes$/g });
    expect(await statusOf('GET /health')).toBe(200);
    expect(await statusOf('GET /api/v1/storage/volumes')).toBe(500);
    expect(await statusOf('GET /api/v1/storage/volumes')).toBe(500);
    expect((await request(worker)).status).toBe(201);
  });

  it('is limited by a number of matching requests', async () => {
    await peer.fail('error500', { path: /health/, times: 2 });
    expect(await statusOf('GET /api/v1/storage/volumes')).toBe(200);
    expect([await statusOf('GET /health'), await statusOf('GET /health')]).toEqual([500, 500]);
    expect(await statusOf('GET /health')).toBe(200);
  });

  it('prefers the newest matching fault', async () => {
    await peer.fail('error500');
    await peer.fail('notFound', { times: 1 });
    expect([await statusOf('GET /health'), await statusOf('GET /health')]).toEqual([404, 500]);
  });

  it('is set and cleared over HTTP, regardless of other faults, without being recorded', async () => {
    await peer.fail('error500');
    const body = { fault: 'notFound', method: 'GET', path: '^/health$', times: 1 };
    expect((await callPeer(peer, 'PUT /_faults', { body })).status).toBe(204);
    expect([await statusOf('GET /health'), await statusOf('GET /health')]).toEqual([404, 500]);
    expect(await statusOf('DELETE /_faults')).toBe(204);
    expect(await statusOf('GET /health')).toBe(200);
    expect(peer.received.map(({ path }) => path)).toEqual(['/health', '/health', '/health']);
  });

  it.each([
    { fault: 'refuse' },
    { fault: 'unheard' },
    {},
    { fault: 'hang', path: '(' },
    { fault: 'hang', times: 0 },
    { fault: 'hang', method: 1 },
    'no JSON',
  ])('is rejected over HTTP if it is %j', async (body) => {
    const answer = await callPeer(peer, 'PUT /_faults', { body });
    expect(answer.status).toBe(400);
    expect(answer.text).toMatch(/^\{"error":".+"\}$/);
    expect(await statusOf('GET /health')).toBe(200);
  });
});
