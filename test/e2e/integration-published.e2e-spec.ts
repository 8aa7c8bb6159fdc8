import { startApp, type TestApp } from '../support/app';
import { Client } from '../support/client';
import { Platform } from '../support/platform';

/** The published build of the original services returns only ID, times and metadata. */
describe('platform services that return neither status nor tenant', () => {
  let platform: Platform;
  let app: TestApp;

  beforeAll(async () => {
    platform = await Platform.start({ isPublishedBuild: true, volumeDelayMs: 20 });
    app = await startApp({ environment: { ...platform.environment, VOLUME_SETTLE_MS: '200' } });
  });
  afterAll(async () => {
    await app.close();
    await platform.stop();
  });

  it('are trusted, and given time to create a volume before it is attached', async () => {
    const tenant = new Client(app.url, 'tenant-a');
    const network = platform.network.addNetwork(tenant.tenantId);
    const { id, volumeIds } = await tenant.createStopped({
      networkIds: [network.id],
      createVolume: { sizeGB: 5 },
    });
    expect(platform.storage.attachedTo(id).map((volume) => volume.id)).toEqual(volumeIds);
    expect((await tenant.delete(`/instances/${id}`)).status).toBe(204);
    expect(platform.storage.attachedTo(id)).toEqual([]);
  });
});
