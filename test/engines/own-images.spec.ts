import type { Instance } from '../../src/compute/instances';
import type { Client, InstanceRequest } from '../support/client';
import { describeWhere } from '../support/describe-where';
import { forContainerEngines, TEST_IMAGE, type Engine } from '../support/engines';
import { EngineFixture } from '../support/engines/engine-fixture';
import { GUEST_IMAGE, guestImages } from '../support/engines/guest-images';
import { QEMU_MISSING } from '../support/engines/qemu-engine';
import { eventually } from '../support/eventually';
import { Snapshots, WAIT } from '../support/snapshots';

const TEST_MS = 300_000;

/** Shows what an earlier run has left on the disk, then leaves something. */
const ON_CONTAINER = [
  '/bin/sh',
  '-c',
  'echo "found [$(cat /marker 2>/dev/null)]"; echo first >/marker; sleep 1000000',
];
const ON_VM = `#!/bin/sh
echo "found [$(dd if=/dev/vda bs=512 skip=4096 count=1 2>/dev/null | tr -d '\\000')]"
echo first | dd of=/dev/vda bs=512 seek=4096 conv=notrunc,fsync 2>/dev/null
echo written
`;

async function printed(tenant: Client, id: string, text: string): Promise<void> {
  await eventually(
    async () => {
      const { body } = await tenant.get<{ lines: readonly string[] }>(`/instances/${id}/console?lines=1000`);
      expect(body.lines).toContain(text);
    },
    { withinMs: 60_000 },
  );
}

/** A snapshot of an instance is published; a new instance and a rebuilt one have its disk. */
async function isPublished(
  fixture: EngineFixture,
  request: InstanceRequest,
  isWritten: (id: string) => Promise<void>,
): Promise<void> {
  const tenant = fixture.as('tenant-a');
  const snapshots = new Snapshots(tenant);
  const first = await tenant.createRunning(request);
  await printed(tenant, first.id, 'found []');
  await isWritten(first.id);
  const { id: snapshotId } = await snapshots.taken(first.id);
  const image = await tenant.post('/images', { snapshotId, id: 'golden', name: 'Golden' });
  expect(image.status).toBe(201);
  await tenant.delete(`/instances/${first.id}?force=true`);

  const made = await tenant.createRunning({ ...request, imageId: 'golden' });
  expect(made.imageId).toBe(request['imageId']);
  await printed(tenant, made.id, 'found [first]');

  const other = await tenant.createRunning(request);
  await printed(tenant, other.id, 'found []');
  const rebuilt = await tenant.post<Instance>(`/instances/${other.id}/rebuild`, { imageId: 'golden' }, WAIT);
  expect(rebuilt.body).toMatchObject({ status: 'running', imageId: request['imageId'] });
  await printed(tenant, other.id, 'found [first]');

  expect((await fixture.as('tenant-b').get('/images/golden')).status).toBe(404);
  for (const { id } of [made, other]) await tenant.delete(`/instances/${id}?force=true`);
  expect((await tenant.delete('/images/golden')).status).toBe(204);
  expect((await tenant.delete(`/snapshots/${snapshotId}`, WAIT)).status).toBe(204);
}

forContainerEngines('an image of a tenant', (start) => {
  let engine: Engine;
  let fixture: EngineFixture;

  beforeAll(async () => {
    engine = await start();
    fixture = await EngineFixture.start({ socket: engine.socket });
  });
  afterAll(async () => {
    await fixture.close();
    await engine.stop();
  });

  it(
    'gives new and rebuilt containers the files that its snapshot has',
    async () => {
      const request = { type: 'container', imageId: TEST_IMAGE, container: { command: ON_CONTAINER } };
      await isPublished(fixture, request, async () => {});
    },
    TEST_MS,
  );
});

describeWhere(QEMU_MISSING, 'an image of a tenant on qemu', () => {
  let fixture: EngineFixture;

  beforeAll(async () => {
    fixture = await EngineFixture.start({ imagesFile: await guestImages() });
  });
  afterAll(() => fixture.close());

  it(
    'gives new and rebuilt machines the disk that its snapshot has',
    async () => {
      const request = { type: 'vm', imageId: GUEST_IMAGE, userData: ON_VM };
      await isPublished(fixture, request, (id) => printed(fixture.as('tenant-a'), id, 'written'));
      expect(fixture.remains).toEqual([]);
    },
    TEST_MS,
  );
});
