import { newId } from '../../src/platform/values/uuid';
import { having } from './driver-core';
import type { SnapshotsUnderTest } from './snapshots-under-test';

const RUNNING = { presence: 'present', power: 'running' };
const STOPPED = { presence: 'present', power: 'stopped' };
const REFUSAL = { name: 'DriverError', retryable: false };
const LEASE_LOST = Object.assign(new Error('interrupted: lease_lost'), { isLeaseLost: true });
const TEST_MS = 300_000;

/** Tests crashes, aborts, and what is refused. */
export function safetyContract(on: SnapshotsUnderTest): void {
  const {
    subject,
    core,
    snapshots,
    stored,
    otherDeployment,
    aSnapshot,
    taken,
    another,
    mark,
    expectMark,
    expectOnce,
  } = on;
  const { signal } = new AbortController();

  it(
    'lets a guest go on that an interrupted attempt has left paused, whether it is repeated or given up',
    async () => {
      await core().create();
      await core().pause();
      const snapshot = aSnapshot();
      await snapshots().abandon(core().call('snapshot'), snapshot);
      expect(await core().inspect()).toMatchObject(RUNNING);
      const first = await core().take(snapshot);
      await core().pause();
      expect(await core().take(snapshot)).toEqual(first);
      expect(await core().inspect()).toMatchObject(RUNNING);
    },
    TEST_MS,
  );

  it(
    'refuses a snapshot that does not exist, or is of another tenant or deployment',
    async () => {
      await core().create();
      const snapshot = await taken();
      const missing = { ...snapshot, id: newId() };
      const theirs = { ...snapshot, tenantId: 'another-tenant' };
      const clone = another();
      for (const each of [missing, theirs]) {
        await expect(snapshots().check(clone.call('create'), each)).rejects.toMatchObject(REFUSAL);
        await expect(clone.createFrom(each)).rejects.toMatchObject(REFUSAL);
        await core().stop();
        await expect(core().restore(each)).rejects.toMatchObject(REFUSAL);
        expect(await core().inspect()).toMatchObject(STOPPED);
      }
      // As another tenant would.
      const stranger = another({ tenantId: 'another-tenant' });
      for (const each of [snapshot, theirs])
        await expect(stranger.createFrom(each)).rejects.toMatchObject(REFUSAL);
      const elsewhere = another({}, otherDeployment());
      await expect(elsewhere.createFrom(snapshot)).rejects.toMatchObject(REFUSAL);
      await having(otherDeployment(), 'snapshots').remove(snapshot, signal);
      await snapshots().check(clone.call('create'), snapshot);
    },
    TEST_MS,
  );

  it(
    'leaves nothing of an aborted attempt, and the guest runs',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const found = await stored();
      const snapshot = aSnapshot();
      const stopping = new AbortController();
      const taking = core().take(snapshot, stopping.signal);
      stopping.abort();
      await expect(taking).rejects.toThrow();
      await snapshots().abandon(core().call('snapshot'), snapshot);
      expect(await stored()).toEqual(found);
      expect(await core().inspect()).toMatchObject(RUNNING);
      await core().take(snapshot);
      const clone = another();
      await clone.createFrom(snapshot);
      await expectMark(clone, 'one');
    },
    TEST_MS,
  );

  it(
    'leaves an attempt to the next worker after a lost lease',
    async () => {
      await core().create();
      await mark(core(), 'one');
      const snapshot = aSnapshot();
      const losing = new AbortController();
      const taking = core().take(snapshot, losing.signal);
      losing.abort(LEASE_LOST);
      await expect(taking).rejects.toThrow();
      await core().take(snapshot);
      await mark(core(), 'two');
      await core().stop();
      const stopping = new AbortController();
      const restoring = core().restore(snapshot, stopping.signal);
      stopping.abort(LEASE_LOST);
      await restoring.catch(() => undefined);
      await core().restore(snapshot);
      await core().start();
      await expectMark(core(), 'one');
      await expectOnce();
      const clone = another();
      const beginning = new AbortController();
      const creating = clone.createFrom(snapshot, beginning.signal);
      beginning.abort(LEASE_LOST);
      await Promise.all([clone.createFrom(snapshot), creating.catch(() => undefined)]);
      await expectMark(clone, 'one');
    },
    TEST_MS,
  );

  it(
    'refuses to quiesce guests and to include memory if it cannot',
    async () => {
      const { driver } = subject();
      await core().create();
      const before = await stored();
      if (snapshots().whyNotQuiesced(core().handle) !== undefined)
        await expect(core().take(aSnapshot({ isQuiesced: true }))).rejects.toMatchObject(REFUSAL);
      if (driver.abilities.snapshotMemory !== true)
        await expect(core().take(aSnapshot({ includesMemory: true }))).rejects.toMatchObject(REFUSAL);
      expect(await stored()).toEqual(before);
      expect(await core().inspect()).toMatchObject(RUNNING);
    },
    TEST_MS,
  );
}
