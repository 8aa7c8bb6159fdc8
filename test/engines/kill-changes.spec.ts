import type { Instance } from '../../src/compute/instances';
import { FAILPOINT_NAMES, type FailpointName } from '../../src/platform/failpoints';
import type { Client } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { IDLE_CONTAINER, whyNotDockerd } from '../support/engines';
import { DoomedEngines, KILL_ROUNDS } from '../support/engines/doomed-engines';
import { GUEST_IMAGE } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';

const TENANT = 'tenant-a';
const BUSY = { withinMs: 180_000 };
const TEST_MS = 600_000;
/** As large as medium, apart from its processors: each resize is between these two. */
const WIDE = { name: 'wide', vcpus: 3, ramGB: 4, diskGB: 40 };
const OPERATOR = { Authorization: 'Bearer the-token-of-operators' };
const missing = whyNotDockerd() ?? QEMU_MISSING;

interface Change {
  readonly name: 'reboot' | 'rebuild' | 'resize';
  readonly of: (instance: Instance) => object;
}

const FAILPOINTS = FAILPOINT_NAMES.flatMap((name): [FailpointName, Change][] => {
  if (name.includes('reboot')) return [[name, { name: 'reboot', of: () => ({ type: 'hard' }) }]];
  if (name.includes('rebui')) return [[name, { name: 'rebuild', of: ({ imageId }) => ({ imageId }) }]];
  if (!name.includes('resize')) return [];
  return [
    [
      name,
      {
        name: 'resize',
        of: ({ flavor }) => ({ flavor: flavor === 'medium' ? 'wide' : 'medium', allowRestart: true }),
      },
    ],
  ];
});

describeWhere(missing, 'kill -9 at a failpoint, with real engines', () => {
  let engines: DoomedEngines;

  beforeAll(async () => {
    engines = await DoomedEngines.start({
      // So that a resize of the machine needs a restart; the container is resized while it runs.
      QEMU_HOTPLUG_VCPUS: '1',
      OPERATOR_TOKEN: 'the-token-of-operators',
    });
    const { status } = await engines.as('').send('POST', '/flavors', WIDE, OPERATOR);
    expect(status).toBe(201);
  });
  afterAll(() => engines.close());

  /** Asks for the change of both; the service dies at the failpoint, and starts again. */
  async function changeAndDie(
    at: FailpointName,
    { name, of }: Change,
    ids: readonly string[],
  ): Promise<void> {
    const tenant = engines.as(TENANT);
    const instances = await Promise.all(ids.map((id) => tenant.details(id)));
    await engines.dieAt(at, () =>
      instances.map((each) => tenant.post(`/instances/${each.id}/${name}`, of(each))),
    );
  }

  /** One container and one machine, which run, and no operation that is not finished. */
  async function settled(tenant: Client, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await eventually(async () => {
        const open = (await tenant.operationsOf(id)).filter(({ finishedAt }) => finishedAt === null);
        expect(open).toEqual([]);
      }, BUSY);
      const { status, statusReason } = await tenant.details(id);
      expect([status, statusReason]).toEqual(['running', null]);
    }
    expect([await engines.containers(), engines.machines]).toEqual([['running'], 1]);
  }

  /** Amounts that the instances use according to their flavors. */
  async function recount(tenant: Client, ids: readonly string[]): Promise<object> {
    const instances = await Promise.all(ids.map((id) => tenant.details(id)));
    const vcpus = instances.reduce((sum, { flavor }) => sum + (flavor === 'wide' ? WIDE.vcpus : 2), 0);
    return {
      instances: ids.length,
      vcpus,
      ramGB: 4 * ids.length,
      diskGB: 40 * ids.length,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    };
  }

  it.each(FAILPOINTS)(
    '%s: a container and a virtual machine run afterwards, and are counted once',
    async (at, change) => {
      const first = engines.as(TENANT);
      const both = [
        await first.createRunning({ ...IDLE_CONTAINER, flavor: 'medium' }),
        await first.createRunning({ type: 'vm', imageId: GUEST_IMAGE, flavor: 'medium' }),
      ];
      const ids = both.map(({ id }) => id);
      for (let round = 0; round < KILL_ROUNDS; round++) {
        await changeAndDie(at, change, ids);
        await settled(engines.as(TENANT), ids);
      }
      const tenant = engines.as(TENANT);
      for (const id of ids) {
        // A request that had not arrived before the service died has left no operation.
        const operations = (await tenant.operationsOf(id)).filter(({ type }) => type === change.name);
        expect(operations.filter(({ status }) => status !== 'succeeded')).toEqual([]);
        const request = change.of(await tenant.details(id));
        const path = `/instances/${id}/${change.name}`;
        expect((await tenant.post(path, request, { Prefer: 'wait=60' })).status).toBe(200);
      }
      expect((await tenant.get<{ usage: object }>('/quotas')).body.usage).toEqual(await recount(tenant, ids));
      for (const id of ids) {
        expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBeLessThan(300);
        await tenant.isGone(id, BUSY);
      }
      expect([await engines.containers(), engines.fixture.remains]).toEqual([[], []]);
    },
    TEST_MS,
  );
});
