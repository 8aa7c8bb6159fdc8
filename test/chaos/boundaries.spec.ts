import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FAILPOINT_NAMES, type FailpointName } from '../../src/platform/failpoints';
import type { Instance } from '../../src/compute/instances';
import { Client } from '../support/client';
import { createTestDatabase, QUICKER_KIND, type TestDatabase } from '../support/database';
import { eventually } from '../support/eventually';
import { Platform } from '../support/platform';
import { ServiceProcess } from '../support/service';

const TENANT = 'tenant-a';
const CRASH = `--require ${join(__dirname, '..', 'support', 'crash-at.cjs')}`;
const PATIENCE = { withinMs: 60_000 };

const OF_NONE = { instances: 0, vcpus: 0, ramGB: 0, diskGB: 0, gpus: 0, snapshots: 0, snapshotGB: 0 };
/** Usage of one small instance. */
const OF_ONE = { ...OF_NONE, instances: 1, vcpus: 1, ramGB: 1, diskGB: 10 };

const CREATION = FAILPOINT_NAMES.slice(0, FAILPOINT_NAMES.indexOf('engine.created') + 1);
const DELETION = FAILPOINT_NAMES.slice(CREATION.length, FAILPOINT_NAMES.indexOf('engine.destroyed') + 1);
const RESIZE = FAILPOINT_NAMES.filter((name) => /resize/.test(name));
const REBOOT = FAILPOINT_NAMES.filter((name) => /reboot/.test(name));
const REBUILD = FAILPOINT_NAMES.filter((name) => /rebui/.test(name));
const RETAIN = FAILPOINT_NAMES.filter((name) => /retain/.test(name));
const UNDELETE = FAILPOINT_NAMES.filter((name) => /undelete/.test(name));
const PURGE = FAILPOINT_NAMES.filter((name) => /purge/.test(name));
const CLEANUP = DELETION.filter(
  (name) => /removed|detached$|release_recorded/.test(name) && !name.startsWith('instance'),
);

/** The instance has a network and a volume that are created for it, and a volume that existed before. */
describe('kill -9 at the failpoint', () => {
  let platform: Platform;
  let database: TestDatabase;
  let directory: string;
  let crashAt: string;
  /** The process that resumed the work of the previous test, unless that test failed. */
  let survivor: ServiceProcess | undefined;
  /** Started by the current test. */
  let service: ServiceProcess | undefined;

  const start = (): Promise<ServiceProcess> =>
    ServiceProcess.start({
      ...platform.environment,
      ...database.environment,
      PROVISION_DELAY_MS: '0',
      WORKER_LEASE_SECONDS: '1',
      NODE_OPTIONS: CRASH,
      CRASH_AT_FILE: crashAt,
    });

  /** A service that dies at the failpoint; the survivor of the previous test, if there is one. */
  const startDoomed = async (boundary: FailpointName): Promise<[tenant: Client, died: Promise<unknown>]> => {
    service = survivor ?? (await start());
    survivor = undefined;
    writeFileSync(crashAt, boundary);
    return [new Client(service.url, TENANT), service.died];
  };

  /** A new process, without a failpoint, once the doomed one has died. */
  const restart = async (): Promise<Client> => {
    rmSync(crashAt);
    service = await start();
    return new Client(service.url, TENANT);
  };

  /** Keeps the running service for the next test, once no work is left that could reach that test's failpoint. */
  const keep = async (tenant: Client, id: string): Promise<void> => {
    await eventually(async () => {
      const operations = await tenant.operationsOf(id);
      expect(operations.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
    }, PATIENCE);
    survivor = service;
    service = undefined;
  };

  const create = (tenant: Client, metadata = {}): Promise<Instance> => {
    const { id } = platform.storage.addVolume(tenant.tenantId);
    return tenant.create({
      metadata,
      volumeIds: [id],
      createNetwork: { cidr: '10.0.0.0/24', deleteOnTermination: true },
      createVolume: { sizeGB: 5, deleteOnTermination: true },
    });
  };

  const madeFor = (instanceId: string) =>
    [...platform.storage.volumes.values(), ...platform.network.networks.values()].filter(
      ({ metadata }) => metadata['compute.instanceId'] === instanceId,
    );

  beforeAll(async () => {
    platform = await Platform.start();
    database = await createTestDatabase(QUICKER_KIND);
    directory = mkdtempSync(join(tmpdir(), 'compute-crash-'));
    crashAt = join(directory, 'crash-at');
  });
  afterEach(async () => {
    rmSync(crashAt, { force: true });
    await service?.kill();
    service = undefined;
  });
  afterAll(async () => {
    await survivor?.kill();
    rmSync(directory, { recursive: true });
    await platform.stop();
    await database.remove();
  });

  it.each(CREATION)('%s of a create: the create resumes and creates nothing twice', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const { id } = await create(doomed);
    await died;
    const tenant = await restart();
    const { networkIds, volumeIds } = await tenant.reaches(id, 'running', PATIENCE);
    expect(madeFor(id)).toHaveLength(2);
    expect([networkIds.length, volumeIds.length]).toEqual([1, 2]);
    expect(
      platform.storage
        .attachedTo(id)
        .map((volume) => volume.id)
        .sort(),
    ).toEqual([...volumeIds].sort());
    expect(await platform.leaks(tenant)).toEqual([]);
    await keep(tenant, id);
  });

  it.each(DELETION)('%s of a delete: the delete resumes and leaves nothing behind', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const { id } = await create(doomed);
    await doomed.reaches(id, 'running', PATIENCE);
    await doomed.post(`/instances/${id}/stop`);
    // The process dies before it responds.
    await Promise.allSettled([doomed.delete(`/instances/${id}`), died]);
    const tenant = await restart();
    await tenant.isGone(id, PATIENCE);
    expect(madeFor(id)).toEqual([]);
    expect(platform.storage.attachedTo(id)).toEqual([]);
    expect(await platform.leaks(tenant)).toEqual([]);
    await keep(tenant, id);
  });

  it.each(RESIZE)('%s of a resize: the resize resumes, and counts the new size once', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const owner = `owner-of-${boundary}`;
    const { id } = await new Client(doomed.url, owner).createRunning({
      metadata: { 'simulate.resizeRestart': 'yes' },
    });
    const request = { flavor: 'medium', allowRestart: true };
    // The process dies before it responds.
    await Promise.allSettled([new Client(doomed.url, owner).post(`/instances/${id}/resize`, request), died]);
    const tenant = new Client((await restart()).url, owner);
    await eventually(async () => {
      expect(await tenant.details(id)).toMatchObject({ flavor: 'medium', status: 'running' });
    }, PATIENCE);
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toEqual({
      instances: 1,
      vcpus: 2,
      ramGB: 4,
      diskGB: 40,
      gpus: 0,
      snapshots: 0,
      snapshotGB: 0,
    });
    await keep(tenant, id);
  });

  it.each(REBOOT)('%s of a reboot: the reboot resumes', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const { id } = await doomed.createRunning();
    // The process dies before it responds.
    await Promise.allSettled([doomed.post(`/instances/${id}/reboot`), died]);
    const tenant = await restart();
    await keep(tenant, id);
    expect((await tenant.operationsOf(id)).map(({ type, status }) => [type, status])).toContainEqual([
      'reboot',
      'succeeded',
    ]);
    expect((await tenant.details(id)).status).toBe('running');
  });

  it.each(REBUILD)('%s of a rebuild: the rebuild resumes, and is counted once', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const owner = `owner-of-${boundary}`;
    const { id } = await new Client(doomed.url, owner).createStopped({ imageId: 'old' });
    const request = { imageId: 'new' };
    await Promise.allSettled([new Client(doomed.url, owner).post(`/instances/${id}/rebuild`, request), died]);
    const tenant = new Client((await restart()).url, owner);
    await keep(tenant, id);
    expect(await tenant.details(id)).toMatchObject({ imageId: 'new', status: 'stopped', statusReason: null });
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toEqual(OF_ONE);
  });

  /** With its attachments, as before its deletion, and counted once. */
  const expectRestored = async (tenant: Client, before: Instance): Promise<void> => {
    const { networkIds, volumeIds, ports } = before;
    const after = await tenant.reaches(before.id, 'running', PATIENCE);
    expect(after).toMatchObject({ networkIds, volumeIds, ports });
    expect(after).not.toHaveProperty('purgeAt');
    expect(madeFor(before.id)).toHaveLength(2);
    expect(platform.storage.attachedTo(before.id)).toHaveLength(2);
    expect(await platform.leaks(tenant)).toEqual([]);
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toEqual(OF_ONE);
  };
  const isRetained = (tenant: Client, id: string): Promise<void> =>
    eventually(async () => {
      const { body } = await tenant.get(`/instances/${id}?deleted=true`);
      expect(body).toMatchObject({ status: 'deleted' });
    }, PATIENCE);

  it.each(RETAIN)('%s of a delete that retains: it resumes, and nothing is lost', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const owner = new Client(doomed.url, `owner-of-${boundary}`);
    const before = await owner.reaches((await create(owner)).id, 'running', PATIENCE);
    await Promise.allSettled([owner.delete(`/instances/${before.id}?retain=PT24H`), died]);
    const tenant = new Client((await restart()).url, owner.tenantId);
    await isRetained(tenant, before.id);
    expect((await tenant.get(`/instances/${before.id}`)).status).toBe(404);
    expect(madeFor(before.id)).toHaveLength(2);
    expect((await tenant.post(`/instances/${before.id}/undelete`)).status).toBe(200);
    await expectRestored(tenant, before);
    await keep(tenant, before.id);
  });

  it.each(UNDELETE)('%s of an undelete: the instance runs as before', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const owner = new Client(doomed.url, `owner-of-${boundary}`);
    const before = await owner.reaches((await create(owner)).id, 'running', PATIENCE);
    expect((await owner.delete(`/instances/${before.id}?retain=PT24H`)).status).toBe(204);
    await Promise.allSettled([owner.post(`/instances/${before.id}/undelete`), died]);
    const tenant = new Client((await restart()).url, owner.tenantId);
    await expectRestored(tenant, before);
    await keep(tenant, before.id);
  });

  it.each(PURGE)('%s of a retained instance: it is deleted, and nothing is left behind', async (boundary) => {
    const [doomed, died] = await startDoomed(boundary);
    const owner = new Client(doomed.url, `owner-of-${boundary}`);
    const { id } = await owner.reaches((await create(owner)).id, 'running', PATIENCE);
    await Promise.allSettled([owner.delete(`/instances/${id}?retain=PT1S`), died]);
    const tenant = new Client((await restart()).url, owner.tenantId);
    await eventually(async () => {
      expect((await tenant.get(`/instances/${id}?deleted=true`)).status).toBe(404);
    }, PATIENCE);
    expect(madeFor(id)).toEqual([]);
    expect(platform.storage.attachedTo(id)).toEqual([]);
    expect(await platform.leaks(tenant)).toEqual([]);
    const { usage } = (await tenant.get<{ usage: object }>('/quotas')).body;
    expect(usage).toEqual(OF_NONE);
    await keep(tenant, id);
  });

  it.each(CLEANUP)(
    '%s of the rollback of a failed create: the rollback resumes and leaves nothing behind',
    async (boundary) => {
      const [doomed, died] = await startDoomed(boundary);
      const { id } = await create(doomed, { 'simulate.createError': 'no' });
      await died;
      const tenant = await restart();
      await tenant.reaches(id, 'error', PATIENCE);
      await eventually(() => expect(madeFor(id)).toEqual([]), PATIENCE);
      await eventually(async () => {
        const { body } = await tenant.get<Instance>(`/instances/${id}`);
        expect(body).toMatchObject({ networkIds: [], volumeIds: [] });
      }, PATIENCE);
      expect(platform.storage.attachedTo(id)).toEqual([]);
      await keep(tenant, id);
    },
  );
});
