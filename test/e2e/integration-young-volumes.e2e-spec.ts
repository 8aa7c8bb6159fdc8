import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { Platform } from '../support/platform';
import { newTenant } from '../support/use-app';

/** Like the platform's Storage service: takes a second to create a volume, and crashes if it is removed earlier. */
const STORAGE = { volumeDelayMs: 1000 };
const HOUR_SECONDS = 3600;
/** Settle time of young volumes, too long for a test to wait for in full. */
const LONG_SETTLE_MS = 60_000;
const WITHOUT_SETTLING_MS = 30_000;

const now = (): number => Math.floor(Date.now() / 1000);

describe.each([
  ['a Storage service that shows the status of a volume', false],
  ['a Storage service that shows no status', true],
])('%s', (_, isPublishedBuild) => {
  let platform: Platform;
  let app: TestApp;
  let tenant: Client;

  beforeAll(async () => {
    platform = await Platform.start({ ...STORAGE, isPublishedBuild });
    app = await startApp({ environment: { ...platform.environment, VOLUME_SETTLE_MS: '1500' } });
  });
  beforeEach(() => {
    tenant = new Client(app.url, newTenant());
  });
  // Fails if the Storage service has crashed.
  afterAll(async () => {
    await app.close();
    await platform.stop();
  });

  const own = () =>
    [...platform.storage.volumes.values()].filter(({ tenantId }) => tenantId === tenant.tenantId);
  const create = async (members: object): Promise<string> => {
    const createVolume = { sizeGB: 5, deleteOnTermination: true };
    const { id } = await tenant.create({ createVolume, ...members });
    await eventually(() => expect(own()).toHaveLength(1));
    return id;
  };
  const outlived = async (): Promise<void> => {
    await eventually(() => expect(own()).toEqual([]));
    // The timer of a volume that was removed too early would be due by now.
    await eventually(() => expect(platform.storage.creating).toBe(0));
    expect(platform.storage.crashed).toBeUndefined();
  };

  it('survives the delete of an instance whose volume is being created', async () => {
    const id = await create({});
    await tenant.delete(`/instances/${id}`);
    await tenant.isGone(id);
    await outlived();
  });

  it('survives a forced delete of an instance whose volume is being created', async () => {
    const id = await create({});
    await tenant.delete(`/instances/${id}?force=true`);
    await outlived();
  });

  it('survives the rollback of a failed create', async () => {
    const id = await create({
      metadata: { 'simulate.createError': 'no room', 'simulate.createDelayMs': '0' },
    });
    await tenant.reaches(id, 'error');
    await outlived();
  });

  it('survives a forced delete of an instance while a volume is being created and attached', async () => {
    const { id } = await tenant.createRunning();
    const attached = tenant.post(`/instances/${id}/volumes`, { sizeGB: 5 });
    await eventually(() => expect(own()).toHaveLength(1));
    await tenant.delete(`/instances/${id}?force=true`);
    await attached;
    await eventually(() => expect(own().filter(({ attachedTo }) => attachedTo !== '')).toEqual([]));
    await eventually(() => expect(platform.storage.creating).toBe(0));
    expect(platform.storage.crashed).toBeUndefined();
  });
});

describe('a delete during the wait for a volume', () => {
  let platform: Platform;
  let app: TestApp;

  beforeAll(async () => {
    platform = await Platform.start();
    app = await startApp({ environment: platform.environment });
  });
  afterAll(async () => {
    await app.close();
    await platform.stop();
  });

  it('completes at once, because no attach request has been sent', async () => {
    const tenant = new Client(app.url, newTenant());
    const volume = platform.storage.addVolume(tenant.tenantId, { status: 'creating' });
    const { id } = await tenant.create({ volumeIds: [volume.id] });
    const looks = () => platform.storage.received.filter(({ path }) => path.endsWith(volume.id)).length;
    // The first lookup validates the request; the later ones belong to the wait.
    await eventually(() => expect(looks()).toBeGreaterThan(1));
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    const [deletion] = await tenant.operationsOf(id);
    expect(deletion).toMatchObject({ type: 'delete', status: 'succeeded', attempts: 1, error: null });
  });
});

describe('services that return neither status nor tenant', () => {
  let platform: Platform;
  let app: TestApp;

  beforeAll(async () => {
    platform = await Platform.start({ isPublishedBuild: true });
    const environment = { ...platform.environment, VOLUME_SETTLE_MS: String(LONG_SETTLE_MS) };
    app = await startApp({ environment });
  });
  afterAll(async () => {
    await app.close();
    await platform.stop();
  });

  it('attach old volumes without a wait', async () => {
    const tenant = new Client(app.url, newTenant());
    const createdAt = now() - HOUR_SECONDS;
    const volumeIds = Array.from(
      { length: 8 },
      () => platform.storage.addVolume(tenant.tenantId, { createdAt }).id,
    );
    const { id } = await tenant.create({ volumeIds });
    await tenant.reaches(id, 'running', { withinMs: WITHOUT_SETTLING_MS });
    expect(platform.storage.attachedTo(id)).toHaveLength(8);
  });

  it('attach several young volumes after a single wait', async () => {
    const tenant = new Client(app.url, newTenant());
    const createdAt = now() - LONG_SETTLE_MS / 1000 + 3;
    const volumeIds = Array.from(
      { length: 8 },
      () => platform.storage.addVolume(tenant.tenantId, { createdAt }).id,
    );
    const startedAt = performance.now();
    const { id } = await tenant.create({ volumeIds });
    await tenant.reaches(id, 'running', { withinMs: WITHOUT_SETTLING_MS });
    // The volumes settle in three seconds; waiting for one after another would take 24.
    expect(performance.now() - startedAt).toBeGreaterThan(2000);
  });

  it("do not expose another tenant's network", async () => {
    const tenant = new Client(app.url, newTenant());
    const foreign = platform.network.addNetwork(newTenant());
    const own = platform.network.addNetwork(tenant.tenantId);
    const create = (id: string) =>
      tenant.post('/instances', { name: 'web', flavor: 'small', networkIds: [id] });
    expect(await create(foreign.id)).toMatchObject({ status: 403, body: { code: 'access_denied' } });
    expect((await create(own.id)).status).toBe(201);
    const { id } = await tenant.createRunning();
    const attach = (networkId: string) => tenant.post(`/instances/${id}/networks`, { networkId });
    expect(await attach(foreign.id)).toMatchObject({ status: 403, body: { code: 'access_denied' } });
    expect((await attach(own.id)).status).toBe(200);
  });
});
