import { newTenant } from '../support/use-app';
import { usePlatform } from '../support/use-platform';
import { expectProblem } from '../support/problem';

const TIMEOUT_MS = 400;
const AT_ONCE_MS = 100;
const CREATES = 20;
const UNKNOWN = '00000000-0000-7000-8000-000000000000';

/** The time of each answer; the middle one is judged, so that one pause of the machine decides nothing. */
async function medianMs(count: number, request: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const started = performance.now();
    await request();
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(count / 2)] ?? NaN;
}

describe('neighbours that accept and never answer', () => {
  // Long enough that the circuit stays open for as long as the test looks at it.
  const beside = usePlatform({ CIRCUIT_OPEN_MS: '60000', NEIGHBOUR_TIMEOUT_MS: String(TIMEOUT_MS) });

  beforeAll(async () => {
    for (const peer of beside.platform.peers) await peer.fail('hang');
  });

  it('slow down no create that needs none of them', async () => {
    const tenant = beside.as(newTenant());
    const median = await medianMs(CREATES, () => tenant.create());
    expect(median).toBeLessThan(AT_ONCE_MS);
  });

  it('slow down no read', async () => {
    const tenant = beside.as(newTenant());
    const { id } = await tenant.createRunning();
    const median = await medianMs(CREATES, () => tenant.get(`/instances/${id}`));
    expect(median).toBeLessThan(AT_ONCE_MS);
  });

  it('have those that do answered 503 within the time of a call, and at once when the circuit is open', async () => {
    const tenant = beside.as(newTenant());
    const create = async () => {
      const answer = await tenant.post('/instances', { name: 'web', flavor: 'small', volumeIds: [UNKNOWN] });
      expectProblem(answer, { status: 503, code: 'storage_unavailable' });
    };
    const first = await medianMs(1, create);
    expect(first).toBeGreaterThan(TIMEOUT_MS * 0.9);
    expect(first).toBeLessThan(TIMEOUT_MS + 600);
    await medianMs(4, create);
    expect(await medianMs(CREATES, create)).toBeLessThan(AT_ONCE_MS);
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

  it('hold no more of the service than it allows itself: many calls at once all end in time', async () => {
    const tenant = beside.as(newTenant());
    const started = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 300 }, () =>
        tenant.post('/instances', { name: 'web', flavor: 'small', networkIds: [UNKNOWN] }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
