import type { Instance } from '../../src/compute/instances';
import type { FailpointName } from '../../src/platform/failpoints';
import { newId } from '../../src/platform/values/uuid';
import type { ApiResponse, Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { serving, TEST_IMAGE, whyNotDockerd } from '../support/engines';
import { DoomedEngines, KILL_ROUNDS } from '../support/engines/doomed-engines';
import { GUEST_IMAGE } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { OPERATOR_TOKEN, WarmPools } from '../support/warm-pools';

const BUSY = { withinMs: 180_000 };
const TEST_MS = 600_000;
const missing = whyNotDockerd() ?? QEMU_MISSING;

/** A pool knows no command, so the image of the container has one. */
const IMAGE = 'uim-test/serving:1';
const POOLS = {
  containers: { type: 'container', imageId: IMAGE },
  machines: { type: 'vm', imageId: GUEST_IMAGE },
} as const;
const KINDS = Object.values(POOLS);
const ONE = { instances: 1, vcpus: 1, ramGB: 1, diskGB: 10 };

describeWhere(missing, 'kill -9 at a failpoint of warm pools, with real engines', () => {
  let engines: DoomedEngines;
  let tenants = 0;

  beforeAll(async () => {
    engines = await DoomedEngines.start({ OPERATOR_TOKEN });
    const container = await engines.docker.createContainer({ Image: TEST_IMAGE, Cmd: ['true'] });
    const command = JSON.stringify(['/bin/sh', '-c', serving('the pool')]);
    await container.commit({ repo: 'uim-test/serving', tag: '1', changes: `CMD ${command}` });
    await container.remove();
  });
  afterAll(() => engines.close());

  const pools = (): WarmPools => new WarmPools(engines.fixture.service.url);
  const instancesOf = async (tenant: Client): Promise<readonly Instance[]> =>
    (await tenant.get<{ instances: readonly Instance[] }>('/instances')).body.instances;

  async function fill(): Promise<void> {
    for (const [name, pool] of Object.entries(POOLS)) await pools().filled(name, pool, BUSY);
  }

  /** Both pools are full again, and nothing else runs. */
  async function settled(besides: number): Promise<void> {
    for (const name of Object.keys(POOLS)) await pools().reaches(name, { ready: 1, preparing: 0 }, BUSY);
    await eventually(async () => {
      const running = Array.from({ length: 1 + besides }, () => 'running');
      expect([await engines.containers(), engines.machines]).toEqual([running, 1 + besides]);
    }, BUSY);
    expect(await pools().prepared()).toHaveLength(2);
  }

  async function empty(): Promise<void> {
    await pools().clear(BUSY);
    await eventually(async () => {
      expect([await engines.containers(), engines.fixture.remains]).toEqual([[], []]);
    }, BUSY);
  }

  it.each<FailpointName>(['pool.creation_begun', 'engine.created'])(
    '%s of a preparation: both pools get the instances that they want, and no more',
    async (at) => {
      for (let round = 0; round < KILL_ROUNDS; round++) {
        await engines.dieAt(at, () => Object.entries(POOLS).map(([name, pool]) => pools().set(name, pool)));
        // Whether a request had arrived before the service died is not known.
        await fill();
        await settled(0);
        await empty();
      }
    },
    TEST_MS,
  );

  it(
    'pool.deletion_begun: nothing is left of the pools',
    async () => {
      for (let round = 0; round < KILL_ROUNDS; round++) {
        await fill();
        await engines.dieAt('pool.deletion_begun', () =>
          Object.keys(POOLS).map((name) => pools().remove(name)),
        );
        await empty();
      }
    },
    TEST_MS,
  );

  it.each<FailpointName>(['pool.handed_over', 'engine.created'])(
    '%s of a hand-over: each request gets one instance, which runs and belongs to its tenant',
    async (at) => {
      for (let round = 0; round < KILL_ROUNDS; round++) {
        await fill();
        const prepared = await pools().prepared();
        const requests = KINDS.map((kind) => ({ kind, owner: `tenant-${++tenants}`, key: newId() }));
        const send = (): Promise<ApiResponse<Instance>>[] =>
          requests.map(({ kind, owner, key }) =>
            engines
              .as(owner)
              .post<Instance>(
                '/instances',
                { name: 'mine', flavor: 'small', ...kind },
                { 'Idempotency-Key': key },
              ),
          );
        await engines.dieAt(at, send);
        const made = await Promise.all(send());
        for (const [index, { owner }] of requests.entries()) {
          const response = made[index];
          expect([response?.status, prepared]).toEqual([201, expect.arrayContaining([response?.body.id])]);
          await isTheOnlyOne(engines.as(owner), response?.body.id ?? '');
        }
        await settled(1);
        for (const { owner } of requests) await deleteAll(engines.as(owner));
        await empty();
      }
    },
    TEST_MS,
  );

  async function isTheOnlyOne(tenant: Client, id: string): Promise<void> {
    await eventually(async () => {
      expect(await tenant.operationsOf(id)).toMatchObject([{ type: 'create', status: 'succeeded' }]);
    }, BUSY);
    expect(await instancesOf(tenant)).toMatchObject([{ id, status: 'running', statusReason: null }]);
    expect((await tenant.get<{ usage: object }>('/quotas')).body.usage).toMatchObject(ONE);
  }

  async function deleteAll(tenant: Client): Promise<void> {
    for (const { id } of await instancesOf(tenant)) {
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBeLessThan(300);
      await tenant.isGone(id, BUSY);
    }
  }
});
