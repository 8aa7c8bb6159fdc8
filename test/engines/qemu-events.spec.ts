import { describeWhere } from '../support/describe-where';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { pidOf, QEMU_MISSING } from '../support/engines/qemu-engine';

const KILLS = 5;

describeWhere(QEMU_MISSING, 'the events of virtual machines', () => {
  let fixture: EngineFixture;

  beforeAll(async () => {
    // Only events move instances: the periodic comparison is off.
    fixture = await EngineFixture.start({
      imagesFile: await guestImages(),
      environment: { RECONCILE_SECONDS: '3600', QEMU_ACCELERATOR: 'tcg' },
    });
  }, 180_000);
  afterAll(() => fixture.close());

  const vm = (parts: Record<string, unknown> = {}) => ({ type: 'vm', imageId: GUEST_IMAGE, ...parts });

  it('stop an instance whose process was killed, with the reason', async () => {
    const tenant = fixture.as('tenant-a');
    const { id } = await tenant.createRunning(vm());
    const tookMs: number[] = [];
    for (let count = 0; count < KILLS; count++) {
      const from = performance.now();
      process.kill(pidOf({ id }), 'SIGKILL');
      const wait = await tenant.get<{ statusReason: string }>(`/instances/${id}/wait?status=stopped`);
      tookMs.push(performance.now() - from);
      expect(wait.status).toBe(200);
      expect(wait.body.statusReason).toBe('the process of the virtual machine exited unexpectedly');
      expect((await tenant.post(`/instances/${id}/start`)).status).toBe(200);
    }
    const median = tookMs.toSorted((one, other) => one - other)[Math.floor(KILLS / 2)] ?? NaN;
    process.stdout.write(
      `stopped ${median.toFixed(0)} ms after the process was killed (median of ${KILLS})\n`,
    );
    expect(median).toBeLessThan(1000);
  }, 300_000);

  it('stop an instance whose guest has shut down, with the reason', async () => {
    const tenant = fixture.as('tenant-a');
    const { id } = await tenant.createRunning(vm({ userData: '#!/bin/sh\npoweroff -f\n' }));
    expect(await tenant.reaches(id, 'stopped')).toMatchObject({ statusReason: 'the guest shut down' });
  }, 120_000);

  it('stop an instance that ran before the service was started', async () => {
    const tenant = fixture.as('tenant-b');
    const { id } = await tenant.createRunning(vm());
    await fixture.service.kill();
    await fixture.startAgain();
    const again = fixture.as('tenant-b');
    process.kill(pidOf({ id }), 'SIGKILL');
    await again.reaches(id, 'stopped');
  }, 120_000);
});
