import { Database } from '../../src/platform/database';
import type { Client } from '../support/client';
import { eventually } from '../support/eventually';
import { newTenant, useApp } from '../support/use-app';
import { Snapshots, type SnapshotList } from '../support/snapshots';

const MEBIBYTE = 1_048_576;
/** Twice as long in JSON, 128 KiB in total. */
const LARGE = Object.fromEntries(
  Array.from({ length: 64 }, (_, index) => [`key-${index}`, '"'.repeat(1024)]),
);

describe('snapshots', () => {
  const app = useApp();
  let tenant: Client;
  let snapshots: Snapshots;

  beforeEach(() => {
    tenant = app.as(newTenant());
    snapshots = new Snapshots(tenant);
  });

  it('are listed in pages of at most a MiB, whatever the limit', async () => {
    const { id } = await tenant.createRunning();
    const taken: string[] = [];
    for (let count = 0; count < 10; count++)
      taken.unshift((await snapshots.taken(id, { metadata: LARGE })).id);
    const pages: string[][] = [];
    for (let token = ''; ;) {
      const { body, text } = await tenant.get<SnapshotList>(`/snapshots?limit=1000${token}`);
      expect(text.length).toBeLessThan(MEBIBYTE + 1000);
      pages.push(body.snapshots.map((snapshot) => snapshot.id));
      if (body.nextPageToken === undefined) break;
      token = `&pageToken=${body.nextPageToken}`;
    }
    expect(pages.flat()).toEqual(taken);
    expect(pages).toHaveLength(2);
  });

  it('that no operation is taking any more are given up by the deletion of their instance', async () => {
    const { id } = await tenant.createRunning({ metadata: { 'simulate.snapshotDelayMs': '3600000' } });
    const { body } = await snapshots.take(id, {}, { Prefer: undefined });
    await tenant.reachesOperation(id, 'snapshot', 'running');
    // As after a deletion that failed before it gave the snapshot up.
    await app.running.app.get(Database).query({
      name: 'test end',
      text: `UPDATE resource_operations SET status = 'cancelled', finished_at = now() WHERE resource_id = $1`,
      values: [id],
    });
    await tenant.delete(`/instances/${id}?force=true`);
    await tenant.isGone(id);
    await eventually(async () => expect((await snapshots.read(body.id)).status).toBe('error'));
    expect(await snapshots.used()).toEqual([1, 0]);
  });
});
