import { newId } from '../../../src/platform/values/uuid';
import type { InstanceSpec, NewSnapshot, SnapshotRef, Snapshots } from '../../../src/drivers';
import { callFor } from '../builders';
import { snapshotImages } from './containers';
import { call } from './engine';
import type { ContainerEngine } from './on-container-engines';

const FLAGS = { handle: null, includesMemory: false, isQuiesced: false, isPaused: false };
export const BOOTS = { resumesMemory: false };
/** Registry in the names of the images. */
export const OF_SNAPSHOTS = 'uim-snapshots.invalid';

interface ContainerSnapshots {
  readonly snapshots: () => Snapshots;
  /** Sends a request to the engine. */
  readonly api: <T>(method: string, path: string, body?: object) => Promise<T>;
  /** Ids of the images. */
  readonly stored: () => Promise<string[]>;
  /** One that is removed after the test. */
  readonly aSnapshot: (instance: InstanceSpec) => NewSnapshot & SnapshotRef;
  readonly tagOf: (snapshot: Pick<NewSnapshot, 'id'>) => string;
  readonly taken: (instance: InstanceSpec) => Promise<NewSnapshot & SnapshotRef>;
  readonly cloned: (snapshot: SnapshotRef, instance: InstanceSpec) => Promise<InstanceSpec>;
}

/** Removes everything after each test, and checks that nothing is left at the engine. */
export function useContainerSnapshots(on: () => ContainerEngine): ContainerSnapshots {
  const made: SnapshotRef[] = [];
  const snapshots = (): Snapshots => {
    const { snapshots: found } = on().driver.abilities;
    if (!found) throw new Error('the driver cannot take snapshots');
    return found;
  };
  const stored = (): Promise<string[]> => snapshotImages(on().engine);
  const aSnapshot = ({ tenantId }: InstanceSpec): NewSnapshot & SnapshotRef => {
    const snapshot = { id: newId(), tenantId, ...FLAGS };
    made.push(snapshot);
    return snapshot;
  };
  afterEach(async () => {
    await on().deleteByOwner();
    for (const each of made.splice(0)) await snapshots().remove(each, new AbortController().signal);
    expect(await stored()).toEqual([]);
    await on().expectNothingLeft();
  });
  return {
    snapshots,
    api: (method, path, body) => call(on().engine.socket, method, path, body),
    stored,
    aSnapshot,
    tagOf: ({ id }) => `${id}.engine-test`,
    taken: async (instance) => {
      const snapshot = aSnapshot(instance);
      await snapshots().take(callFor(instance), snapshot);
      return snapshot;
    },
    cloned: async (snapshot, instance) => {
      on().willBeMade(instance);
      await snapshots().create(callFor(instance), snapshot, BOOTS);
      return instance;
    },
  };
}
