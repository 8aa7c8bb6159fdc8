import { UNDO_BUDGET_MS, type InstanceSpec, type NewSnapshot } from '../../src/drivers';
import { eventually } from '../support/eventually';
import { aContainer, callFor, onContainerEngines } from '../support/engines';
import { BOOTS, OF_SNAPSHOTS, useContainerSnapshots } from '../support/engines/container-snapshots';
import { cgroupValue } from '../support/engines/namespaces';

const LEASE_LOST = Object.assign(new Error('interrupted: lease_lost'), { isLeaseLost: true });

onContainerEngines('an interrupted snapshot of a container', (on) => {
  const { snapshots, api, stored, aSnapshot, tagOf, taken, cloned } = useContainerSnapshots(on);
  const { signal } = new AbortController();

  /** Large enough for the engine to need a while. */
  const large = async (): Promise<InstanceSpec> => {
    const script = 'dd if=/dev/urandom of=/data bs=1M count=256; echo written; exec sleep 600';
    const instance = await on().created(aContainer({ script }));
    await eventually(async () => expect(await on().driver.tail(callFor(instance), 9)).toContain('written'), {
      withinMs: 60_000,
    });
    return instance;
  };
  const interrupted = async (
    instance: InstanceSpec,
    snapshot: NewSnapshot,
    reason?: Error,
  ): Promise<void> => {
    const stopping = new AbortController();
    const process = await on().pid(instance);
    const taking = snapshots().take(callFor(instance, { signal: stopping.signal }), snapshot);
    // Podman does not report a container meanwhile.
    await eventually(() =>
      expect(cgroupValue(process, 'freezer', 'freezer.state', 'cgroup.freeze')).toMatch(/FROZEN|1/),
    );
    const before = performance.now();
    stopping.abort(reason);
    await expect(taking).rejects.toMatchObject({ name: 'DriverError', retryable: true });
    expect(performance.now() - before).toBeLessThan(UNDO_BUDGET_MS);
  };
  const isDone = (instance: InstanceSpec): Promise<void> =>
    eventually(
      async () => {
        expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
        expect(await stored()).toEqual([]);
      },
      { withinMs: 60_000 },
    );

  it('by an abort, leaves a running guest and no image, as soon as the engine is done', async () => {
    const instance = await large();
    await interrupted(instance, aSnapshot(instance));
    await isDone(instance);
  });

  it('by a lost lease, is taken by the next attempt, which waits until the engine is done', async () => {
    const instance = await large();
    const snapshot = aSnapshot(instance);
    await interrupted(instance, snapshot, LEASE_LOST);
    await snapshots().take(callFor(instance), snapshot);
    expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
    await snapshots().remove(snapshot, signal);
    await isDone(instance);
  });

  it('while it is restored, is restored by the next attempt', async () => {
    const instance = await on().created(aContainer());
    const snapshot = await taken(instance);
    await on().driver.stop(callFor(instance, { purpose: 'restore' }));
    await api('DELETE', `/containers/uim-${instance.id}`);
    await snapshots().restore(callFor(instance, { purpose: 'restore' }), snapshot, BOOTS);
    expect(await on().inspect(instance)).toMatchObject({ power: 'stopped' });
    await on().driver.start(callFor(instance, { purpose: 'restore' }));
    expect(await on().inspect(instance)).toMatchObject({ power: 'running' });
  });

  it('while it is removed, is removed by the next attempt', async () => {
    const instance = await on().created(aContainer());
    const snapshot = await taken(instance);
    const tag = tagOf(snapshot);
    await api('POST', `/images/${OF_SNAPSHOTS}/taken:${tag}/tag?repo=${OF_SNAPSHOTS}/removed&tag=${tag}`);
    await snapshots().remove(snapshot, signal);
    expect(await stored()).toEqual([]);
  });

  it('while the last container of a removed one is removed, is cleaned up with the next one', async () => {
    const instance = await on().created(aContainer());
    const snapshot = await taken(instance);
    const clone = await cloned(snapshot, aContainer());
    await snapshots().remove(snapshot, signal);
    expect(await stored()).toHaveLength(1);
    await api('DELETE', `/containers/uim-${clone.id}?force=1`);
    await snapshots().remove(await taken(instance), signal);
    expect(await stored()).toEqual([]);
  });
});
