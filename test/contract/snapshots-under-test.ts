import type { ComputeDriver, DriverCall, NewSnapshot, SnapshotRef, Snapshots } from '../../src/drivers';
import { newId } from '../../src/platform/values/uuid';
import { eventually } from '../support/eventually';
import type { Under } from './compute-driver.abilities';
import { DriverCore, having } from './driver-core';

export interface SnapshotsAbility {
  /** Null for an engine without guests. */
  readonly guest: Marking | null;
  /** Names of what there is of snapshots at the engine, e.g. files or images. */
  readonly stored: () => Promise<readonly string[]>;
  /** A driver of another deployment at the same engine. */
  readonly otherDeployment: () => ComputeDriver;
}

/** Writes and reads a text on the disk of a running guest. */
interface Marking {
  write(driver: ComputeDriver, call: DriverCall, text: string): Promise<void>;
  /** Empty if there is none. */
  read(driver: ComputeDriver, call: DriverCall): Promise<string>;
}

const WITHIN = { withinMs: 120_000 };
const AFTER_MS = 300_000;

/** Marks the guest with a file, by commands. */
export function markedBy(file: string): Marking {
  const run = async (driver: ComputeDriver, call: DriverCall, script: string): Promise<string> => {
    const command = { command: ['sh', '-c', script], env: {}, tty: null };
    const running = await having(driver, 'exec').start(call, command);
    running.stdin.end();
    let printed = '';
    for await (const { stream, data } of running.output) if (stream === 'stdout') printed += data.toString();
    expect(await running.exitCode()).toBe(0);
    return printed;
  };
  return {
    write: async (driver, call, text) => {
      await run(driver, call, `printf %s '${text}' >${file} && sync`);
    },
    read: (driver, call) => run(driver, call, `if [ -e ${file} ]; then cat ${file}; fi`),
  };
}

export interface SnapshotsUnderTest extends Under, Pick<SnapshotsAbility, 'stored' | 'otherDeployment'> {
  readonly snapshots: () => Snapshots;
  /** One that is removed after the test. */
  readonly aSnapshot: (parts?: Partial<NewSnapshot>) => NewSnapshot & SnapshotRef;
  readonly taken: (parts?: Partial<NewSnapshot>) => Promise<SnapshotRef>;
  /** Another instance with the same settings, which is destroyed after the test. */
  readonly another: (parts?: Partial<DriverCall['instance']>, driver?: ComputeDriver) => DriverCore;
  readonly mark: (of: DriverCore, text: string) => Promise<void>;
  readonly expectMark: (of: DriverCore, text: string) => Promise<void>;
  /** Checks that the instance is at the engine exactly once. */
  readonly expectOnce: () => Promise<void>;
}

/** Removes everything after each test, and checks that nothing of snapshots is left. */
export function useSnapshots({ guest, ...ability }: SnapshotsAbility, under: Under): SnapshotsUnderTest {
  const { subject, core } = under;
  const { signal } = new AbortController();
  const others: DriverCore[] = [];
  const refs: SnapshotRef[] = [];
  const snapshots = () => having(subject().driver, 'snapshots');

  afterEach(async () => {
    for (const each of others.splice(0)) await each.destroy();
    await core().destroy();
    for (const each of refs.splice(0)) await snapshots().remove(each, signal);
    expect(await ability.stored()).toEqual([]);
  }, AFTER_MS);

  const aSnapshot: SnapshotsUnderTest['aSnapshot'] = (parts = {}) => {
    const { tenantId } = subject().instance;
    const basics = { id: newId(), tenantId, handle: null };
    const ref = { ...basics, includesMemory: false, isQuiesced: false, isPaused: false, ...parts };
    refs.push(ref);
    return ref;
  };
  return {
    ...under,
    ...ability,
    snapshots,
    aSnapshot,
    taken: async (parts) => {
      const snapshot = aSnapshot(parts);
      const { handle } = await core().take(snapshot);
      return { id: snapshot.id, tenantId: snapshot.tenantId, handle };
    },
    another: (parts, driver = subject().driver) => {
      const made = new DriverCore(driver, { ...subject().instance, id: newId(), ...parts });
      others.push(made);
      return made;
    },
    // A guest becomes reachable some time after its start.
    mark: async (of, text) => {
      if (guest) await eventually(() => guest.write(subject().driver, of.call('inspect'), text), WITHIN);
    },
    expectMark: async (of, text) => {
      if (!guest) return;
      const found = await eventually(() => guest.read(subject().driver, of.call('inspect')), WITHIN);
      expect(found).toBe(text);
    },
    expectOnce: async () => {
      const { inventory } = subject().driver.abilities;
      if (!inventory) return;
      const items = await inventory.list(signal);
      const ids = items.map(({ instanceId }) => instanceId);
      expect(ids.filter((id) => id === subject().instance.id)).toHaveLength(1);
    },
  };
}
