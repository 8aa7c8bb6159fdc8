import type { Instance } from '../../src/compute/instances';
import type { SnapshotDto as Snapshot } from '../../src/compute/instances/snapshots/api/snapshot.dto';
import { FAILPOINT_NAMES, type FailpointName } from '../../src/platform/failpoints';
import { newId } from '../../src/platform/values/uuid';
import type { ApiResponse, Client, RequestHeaders } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { IDLE_CONTAINER, whyNotDockerd } from '../support/engines';
import { snapshotImages } from '../support/engines/containers';
import { DoomedEngines, KILL_ROUNDS } from '../support/engines/doomed-engines';
import { GUEST_IMAGE } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { Snapshots, type SnapshotList } from '../support/snapshots';

const TENANT = 'tenant-a';
const BUSY = { withinMs: 180_000 };
const TEST_MS = 900_000;
const missing = whyNotDockerd() ?? QEMU_MISSING;

const MACHINE = { type: 'vm', imageId: GUEST_IMAGE };
/** For the machine, with its memory. */
const request = ({ type }: Instance): object => ({ includeMemory: type === 'vm' });

/** One change of an instance that runs, at whose failpoints the service is killed. */
interface Change {
  readonly name: string;
  readonly at: readonly FailpointName[];
  /** What the change needs: the id of a snapshot, if any. */
  readonly prepare: (tenant: Client, instance: Instance) => Promise<string | undefined>;
  readonly send: (of: Sent) => Promise<ApiResponse<unknown>>;
  /** Expects the effect of the change, made once, and leaves an instance that runs, without snapshots. */
  readonly ends: (tenant: Client, instance: Instance, snapshotId: string) => Promise<void>;
}

interface Sent {
  readonly tenant: Client;
  readonly instance: Instance;
  readonly snapshotId: string;
  readonly headers: RequestHeaders;
}

const PATIENT = { Prefer: 'wait=60' };
const nothing = (): Promise<undefined> => Promise.resolve(undefined);
const taken = async (tenant: Client, instance: Instance): Promise<string> =>
  (await new Snapshots(tenant).taken(instance.id, request(instance))).id;
const removed = async (tenant: Client, id: string): Promise<void> => {
  await tenant.delete(`/snapshots/${id}`);
  await eventually(async () => expect((await tenant.get(`/snapshots/${id}`)).status).toBe(404), BUSY);
};
const failpointsOf = (pattern: RegExp): readonly FailpointName[] =>
  FAILPOINT_NAMES.filter((name) => pattern.test(name));

const CHANGES: readonly Change[] = [
  {
    name: 'a snapshot',
    at: ['snapshot.taken'],
    prepare: nothing,
    send: ({ tenant, instance, headers }) =>
      new Snapshots(tenant).take(instance.id, request(instance), headers),
    ends: async (tenant, { id }) => {
      const { body } = await tenant.get<SnapshotList>(`/instances/${id}/snapshots`);
      expect(body.snapshots.map(({ status }) => status)).toEqual(['available']);
      for (const snapshot of body.snapshots) await removed(tenant, snapshot.id);
    },
  },
  {
    name: 'a restore',
    at: failpointsOf(/restore/),
    prepare: taken,
    send: ({ tenant, instance, snapshotId, headers }) =>
      new Snapshots(tenant).restore(instance.id, { snapshotId, resume: instance.type === 'vm' }, headers),
    ends: async (tenant, { id }, snapshotId) => {
      const [operation] = await tenant.operationsOf(id);
      expect(operation).toMatchObject({ type: 'restore', status: 'succeeded' });
      await removed(tenant, snapshotId);
    },
  },
  {
    name: 'a clone',
    at: ['engine.created'],
    prepare: taken,
    send: ({ tenant, instance, snapshotId, headers }) => {
      const program = instance.type === 'vm' ? { resume: true } : { container: IDLE_CONTAINER.container };
      const clone = { name: `copy of ${instance.id}`, type: instance.type, sourceSnapshotId: snapshotId };
      return new Snapshots(tenant).clone({ ...clone, ...program }, headers);
    },
    ends: async (tenant, { id }, snapshotId) => {
      const path = `/instances?name=${encodeURIComponent(`copy of ${id}`)}`;
      const { instances } = (await tenant.get<{ instances: readonly Instance[] }>(path)).body;
      expect(instances).toEqual([expect.objectContaining({ status: 'running', statusReason: null })]);
      for (const clone of instances) {
        await tenant.delete(`/instances/${clone.id}?force=true`);
        await tenant.isGone(clone.id, BUSY);
      }
      await removed(tenant, snapshotId);
    },
  },
  {
    name: 'the deletion of a snapshot',
    at: ['snapshot.removed'],
    prepare: taken,
    send: ({ tenant, snapshotId, headers }) =>
      tenant.send('DELETE', `/snapshots/${snapshotId}`, undefined, headers),
    ends: async (tenant, _, snapshotId) => {
      expect((await tenant.get<Snapshot>(`/snapshots/${snapshotId}`)).status).toBe(404);
    },
  },
  {
    name: 'a delete that retains',
    at: failpointsOf(/retain/),
    prepare: nothing,
    send: ({ tenant, instance, headers }) =>
      tenant.send('DELETE', `/instances/${instance.id}?retain=PT1H`, undefined, headers),
    ends: async (tenant, { id }) => {
      expect((await tenant.get<Instance>(`/instances/${id}?deleted=true`)).body.status).toBe('deleted');
      expect((await tenant.post(`/instances/${id}/undelete`, undefined, PATIENT)).status).toBe(200);
    },
  },
  {
    name: 'an undelete',
    at: failpointsOf(/undelete/),
    prepare: async (tenant, { id }) => {
      const path = `/instances/${id}?retain=PT1H`;
      expect((await tenant.send('DELETE', path, undefined, PATIENT)).status).toBe(204);
      return undefined;
    },
    send: ({ tenant, instance, headers }) =>
      tenant.post(`/instances/${instance.id}/undelete`, undefined, headers),
    ends: async (tenant, { id }) => expect((await tenant.details(id)).status).toBe('running'),
  },
];
const CASES = CHANGES.flatMap((change) => change.at.map((at) => [at, change.name, change] as const));

describeWhere(missing, 'kill -9 at a failpoint of snapshots and of undelete, with real engines', () => {
  let engines: DoomedEngines;

  beforeAll(async () => {
    engines = await DoomedEngines.start();
  });
  afterEach(deleteAll, TEST_MS);
  afterAll(() => engines.close());

  async function deleteAll(): Promise<void> {
    const tenant = engines.as(TENANT);
    const { instances } = (await tenant.get<{ instances: readonly Instance[] }>('/instances')).body;
    for (const { id } of instances) {
      expect((await tenant.delete(`/instances/${id}?force=true`)).status).toBeLessThan(300);
      await tenant.isGone(id, BUSY);
    }
    const { snapshots } = (await tenant.get<SnapshotList>('/snapshots')).body;
    for (const { id } of snapshots) await removed(tenant, id);
  }

  /** Sends the change of both; the service dies, starts again, and gets the same requests until it has made them. */
  async function changeAndDie(at: FailpointName, change: Change, both: readonly Instance[]): Promise<void> {
    const before = engines.as(TENANT);
    const prepared: Sent[] = [];
    for (const instance of both) {
      const snapshotId = (await change.prepare(before, instance)) ?? '';
      const headers = { ...PATIENT, 'Idempotency-Key': newId() };
      prepared.push({ tenant: before, instance, snapshotId, headers });
    }
    await engines.dieAt(at, () => prepared.map(change.send));
    const tenant = engines.as(TENANT);
    for (const sent of prepared) {
      await eventually(async () => {
        const { status, text } = await change.send({ ...sent, tenant });
        if (status >= 300 || status === 202) throw new Error(`${status}: ${text}`);
      }, BUSY);
      await eventually(async () => {
        const { id } = sent.instance;
        expect((await tenant.operationsOf(id)).filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
      }, BUSY);
      await change.ends(tenant, sent.instance, sent.snapshotId);
    }
  }

  /** Both run, and there is nothing else: no other guest, and no snapshot. */
  async function settled(tenant: Client, both: readonly Instance[]): Promise<void> {
    for (const { id } of both)
      expect(await tenant.details(id)).toMatchObject({ status: 'running', statusReason: null });
    expect([await engines.containers(), engines.machines]).toEqual([['running'], 1]);
    // The image from which a restored container runs goes with the container.
    const images = (await engines.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []);
    expect(images.filter((name) => name.includes('/taken:'))).toEqual([]);
    expect(engines.fixture.snapshotRemains).toEqual([]);
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toMatchObject({
      instances: 2,
      vcpus: 2,
      ramGB: 2,
      diskGB: 20,
      snapshots: 0,
      snapshotGB: 0,
    });
  }

  it.each(CASES)(
    '%s of %s: it is made once, the guests run, and nothing is left over',
    async (at, _, change) => {
      const first = engines.as(TENANT);
      const both = [await first.createRunning(IDLE_CONTAINER), await first.createRunning(MACHINE)];
      for (let round = 0; round < KILL_ROUNDS; round++) {
        await changeAndDie(at, change, both);
        await settled(engines.as(TENANT), both);
      }
      await deleteAll();
      expect([await engines.containers(), engines.fixture.remains]).toEqual([[], []]);
      expect(await snapshotImages(engines.engine)).toEqual([]);
    },
    TEST_MS,
  );
});
