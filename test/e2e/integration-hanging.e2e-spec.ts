import type { Instance } from '../../src/compute/instances';
import type { ApiResponse, Client } from '../support/client';
import type { Peer, ReceivedRequest } from '../support/peers/peer';
import { expectProblem } from '../support/problem';
import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';

const TIMEOUT_MS = 3000;
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

/** Except those of health checks. */
function callsOf({ received }: Pick<Peer, 'received'>): readonly ReceivedRequest[] {
  return received.filter(({ path }) => path !== '/health');
}

async function msOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

describe('platform services that accept connections but never respond', () => {
  // The circuit stays open for the whole test.
  const beside = usePlatform({ CIRCUIT_OPEN_MS: '600000', SERVICE_TIMEOUT_MS: String(TIMEOUT_MS) });

  beforeAll(async () => {
    for (const peer of beside.platform.peers) await peer.fail('hang');
  });

  const create = (tenant: Client, references: object): Promise<ApiResponse<unknown>> =>
    tenant.post('/instances', { name: 'web', flavor: 'small', ...references });

  it('are not called for a create without references, a read or a power call', async () => {
    const { network, storage } = beside.platform;
    const tenant = beside.as(newTenant());
    const { id } = await tenant.createStopped();
    expect((await tenant.get<Instance>(`/instances/${id}`)).status).toBe(200);
    expect([...callsOf(network), ...callsOf(storage)]).toEqual([]);
  });

  it('make a create that needs one return 503 after the timeout, and without a call with an open circuit', async () => {
    const tenant = beside.as(newTenant());
    const refused = async () =>
      expectProblem(await create(tenant, { volumeIds: [UNKNOWN] }), {
        status: 503,
        code: 'storage_unavailable',
      });
    const first = await msOf(() => Promise.all(Array.from({ length: 5 }, refused)));
    expect(first).toBeGreaterThan(TIMEOUT_MS * 0.9);
    const before = callsOf(beside.platform.storage);
    expect((await refused()).detail).toContain('circuit open');
    expect(callsOf(beside.platform.storage)).toEqual(before);
    const { body } = await tenant.request('/health/ready');
    expect(body).toMatchObject({
      status: 'degraded',
      checks: {
        storage: { status: 'circuit_open' },
        network: { status: 'down' },
        database: { status: 'up' },
        worker: { status: 'up' },
      },
    });
  });
});
