import Docker from 'dockerode';
import { EngineFixture } from '../support/engines/engine-fixture';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';

const KILLS = 20;

forContainerEngines('the events of a container engine', (start) => {
  let engine: Engine;
  let fixture: EngineFixture;

  beforeAll(async () => {
    engine = await start();
    // Only events move instances: the periodic comparison is off.
    fixture = await EngineFixture.start({
      socket: engine.socket,
      environment: { RECONCILE_SECONDS: '3600' },
    });
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  it('stop an instance whose container was killed, with the reason', async () => {
    const docker = new Docker({ socketPath: engine.socket });
    const tenant = fixture.as('tenant-a');
    const { id } = await tenant.createRunning({
      type: 'container',
      imageId: TEST_IMAGE,
      container: { command: ['/bin/sh', '-c', 'sleep 1000000'] },
    });
    const tookMs: number[] = [];
    for (let count = 0; count < KILLS; count++) {
      const from = performance.now();
      await docker.getContainer(`uim-${id}`).kill();
      const wait = await tenant.get<{ statusReason: string }>(`/instances/${id}/wait?status=stopped`);
      tookMs.push(performance.now() - from);
      expect(wait.status).toBe(200);
      expect(wait.body.statusReason).toMatch(/exited with code 137|killed/);
      expect((await tenant.post(`/instances/${id}/start`)).status).toBe(200);
    }
    const median = tookMs.toSorted((one, other) => one - other)[KILLS / 2] ?? NaN;
    process.stdout.write(`stopped ${median.toFixed(0)} ms after the order to kill (median of ${KILLS})\n`);
  });
});
