import type { InstanceSpec } from '../../src/drivers';
import { eventually } from '../support/eventually';
import { sessionsContract } from './compute-driver.sessions';
import type { DriverUnderTest } from './compute-driver.contract';
import { eventsContract } from './compute-driver.events';
import { pauseContract } from './compute-driver.pause';
import {
  addressesContract,
  hostPortsContract,
  noPortsContract,
  portsContract,
  type PortsAbility,
} from './compute-driver.ports';
import { readinessContract, type ReadinessAbility } from './compute-driver.readiness';
import { rebootContract, rebuildContract, type RebootAbility } from './compute-driver.reboot';
import { snapshotsContract } from './compute-driver.snapshots';
import { DriverCore, having } from './driver-core';
import type { SnapshotsAbility } from './snapshots-under-test';

/**
 * Optional abilities of a driver. Each driver's spec declares all of them: an ability that is declared but missing, or
 * offered but not declared, fails the suite.
 */
export interface Abilities {
  /** Lists and discards instances in the engine. */
  readonly inventory: boolean;
  readonly stats: boolean;
  /** Reports changes when they happen. */
  readonly events: boolean;
  readonly pause: PauseAbility | null;
  readonly reboot: RebootAbility | null;
  readonly rebuild: RebuildAbility | null;
  readonly resize: boolean;
  readonly consoleLog: ConsoleAbility | null;
  /** Connects to the serial console of a running guest. */
  readonly serial: SerialAbility | null;
  /** Connects to the screen of a running guest. */
  readonly vnc: boolean;
  /** Runs commands in a running guest, which must have a shell. */
  readonly exec: ExecAbility | null;
  /** Gives these commands a terminal, and passes input and output on at once. */
  readonly terminal: boolean;
  readonly ports: PortsAbility | null;
  /** Publishes ports at the host ports that instances request. */
  readonly hostPorts: PortsAbility | null;
  /** Reports the addresses of a running guest. */
  readonly addresses: boolean;
  /** Probes whether guests are ready. */
  readonly readiness: ReadinessAbility | null;
  /** Takes snapshots of instances, and makes instances from them; `not real` without disks to compare. */
  readonly snapshots: SnapshotsAbility | 'not real' | null;
  /** Snapshots can contain the memory of the guest. */
  readonly snapshotMemory: boolean;
  /** Reports why a guest stopped on its own. */
  readonly stopReason: StopReasonAbility | null;
}

interface ConsoleAbility {
  /** Matches a line that the guest of the tested instance prints, repeatedly if the console is live. */
  readonly prints: RegExp;
  /** Whether a guest really runs, so that its console continues, and ends when the guest stops. */
  readonly isLive: boolean;
}

export interface PauseAbility {
  /** Matches lines that the guest prints repeatedly; null for an engine without guests. */
  readonly prints: RegExp | null;
}

interface RebuildAbility {
  /** An image that the engine cannot use; null if it ignores images. */
  readonly unusable: string | null;
}

export interface ExecAbility {
  /** Whether a guest really runs, so that its processes can be listed. */
  readonly isReal: boolean;
}

export interface SerialAbility {
  /** What to type, as soon as the guest has printed `after`. */
  readonly after: RegExp;
  readonly typed: string;
  /** The response to it. */
  readonly answers: RegExp;
}

export interface StopReasonAbility {
  /** An instance whose guest ends on its own soon after its start. */
  readonly instance: () => InstanceSpec;
  readonly reason: RegExp;
}

const RUNNING = { presence: 'present', power: 'running' };
const ABSENT = { presence: 'absent' };
/** Emulated guests boot slowly on a busy machine, and some tests boot twice. */
const WITHIN = { withinMs: 120_000 };
const TEST_MS = 300_000;
const MOST_LINES = 1000;

/** Tests the declared abilities, and checks that the driver offers exactly these. */
export function abilitiesContract(abilities: Abilities, make: () => Promise<DriverUnderTest>): void {
  let subject: DriverUnderTest;
  let core: DriverCore;
  const under = { subject: () => subject, core: () => core };

  beforeEach(async () => {
    subject = await make();
    core = new DriverCore(subject.driver, subject.instance);
  });
  afterEach(() => core.destroy(), TEST_MS);

  it('offers exactly the declared abilities, and names them', async () => {
    const names = [
      'consoleLog',
      'events',
      'exec',
      'inventory',
      'pause',
      'readiness',
      'reboot',
      'rebuild',
      'resize',
      'serial',
      'snapshotMemory',
      'snapshots',
      'stats',
      'terminal',
      'vnc',
    ] as const;
    const declared = names.filter((name) => abilities[name] !== false && abilities[name] !== null);
    const { driver } = subject;
    // Some abilities depend on the version of the engine, which this finds out.
    const found = await driver.fingerprint(signal());
    expect(Object.keys(driver.abilities).toSorted()).toEqual(declared);
    expect(found.isUp && found.abilities.toSorted()).toEqual(declared);
  });

  if (abilities.inventory) inventoryContract(under);
  if (abilities.stats) statsContract(under);
  if (abilities.resize) resizeContract(under);
  if (abilities.events) eventsContract(under, abilities.stopReason);
  if (abilities.consoleLog) consoleContract(abilities.consoleLog, under);
  if (abilities.pause) pauseContract(abilities.pause, under);
  if (abilities.reboot) rebootContract(abilities.reboot, under);
  if (abilities.rebuild) rebuildContract(abilities.rebuild.unusable, under);
  if (abilities.readiness) readinessContract(abilities.readiness, under);
  if (abilities.snapshots && abilities.snapshots !== 'not real')
    snapshotsContract(abilities.snapshots, under);
  sessionsContract(abilities, under, TEST_MS);
  if (abilities.stopReason) stopReasonContract(abilities.stopReason, under);
  if (abilities.ports) portsContract(abilities.ports, under);
  else noPortsContract(under);
  addressesContract(abilities.addresses, under);
  if (abilities.hostPorts) hostPortsContract(abilities.hostPorts, under);
}

export interface Under {
  readonly subject: () => DriverUnderTest;
  readonly core: () => DriverCore;
}

const signal = (): AbortSignal => new AbortController().signal;

function inventoryContract({ subject, core }: Under): void {
  it('lists its instances, running or stopped, and discards them', async () => {
    const inventory = having(subject().driver, 'inventory');
    const { id: instanceId, tenantId } = subject().instance;
    const seen = async () =>
      (await inventory.list(signal())).filter((each) => each.instanceId === instanceId);
    expect(await seen()).toEqual([]);
    await core().create();
    expect(await seen()).toMatchObject([{ instanceId, tenantId, observation: RUNNING }]);
    await core().stop();
    expect(await seen()).toMatchObject([{ observation: { presence: 'present', power: 'stopped' } }]);
    expect(await inventory.discard(instanceId, signal())).toBe(true);
    expect(await seen()).toEqual([]);
    expect(await core().inspect()).toEqual(ABSENT);
    expect(await inventory.discard(instanceId, signal())).toBe(false);
  });
}

function statsContract({ subject, core }: Under): void {
  it('reports the usage of a running instance, and rejects a stopped one', async () => {
    const stats = having(subject().driver, 'stats');
    await core().create();
    const usage = await stats.usage(core().call('inspect'));
    expect(usage.cpu.percent ?? 0).toBeGreaterThanOrEqual(0);
    expect(usage.cpu.percent ?? 0).toBeLessThan(100 * 128);
    expect(usage.memory?.usedBytes ?? 1).toBeGreaterThan(0);
    expect(usage.memory?.limitBytes ?? Infinity).toBeGreaterThanOrEqual(usage.memory?.usedBytes ?? 0);
    await core().stop();
    await expect(stats.usage(core().call('inspect'))).rejects.toMatchObject({ name: 'DriverError' });
  });
}

function resizeContract({ subject, core }: Under): void {
  it(
    'grows a running instance, which keeps running, and changes the size of a stopped one',
    async () => {
      const { driver, instance } = subject();
      const resize = having(driver, 'resize');
      const { flavor } = instance;
      const larger = { ...flavor, vcpus: flavor.vcpus + 1, ramGB: flavor.ramGB + 1 };
      expect(resize.isLive(flavor, larger)).toBe(true);
      await core().create();
      await core().resize(larger);
      // The service may have died before it recorded the size.
      await core().resize(larger);
      expect(await core().inspect()).toMatchObject(RUNNING);
      await core().stop();
      await core().resize(flavor);
      expect(await core().inspect()).toMatchObject({ presence: 'present', power: 'stopped' });
      await core().start();
      expect(await core().inspect()).toMatchObject(RUNNING);
    },
    TEST_MS,
  );
}

function consoleContract({ prints, isLive }: ConsoleAbility, { subject, core }: Under): void {
  it(
    'returns the last lines of the console, and follows it until the call is aborted',
    async () => {
      const consoleLog = having(subject().driver, 'consoleLog');
      await core().create();
      const before = await eventually(async () => {
        const lines = await consoleLog.tail(core().call('inspect'), MOST_LINES);
        expect(lines).toContainEqual(expect.stringMatching(prints));
        return lines;
      }, WITHIN);
      expect(await consoleLog.tail(core().call('inspect'), 1)).toHaveLength(1);
      const ending = new AbortController();
      const expected = before.length + (isLive ? 1 : 0);
      const followed: string[] = [];
      for await (const line of consoleLog.follow(core().call('inspect', ending.signal), MOST_LINES)) {
        followed.push(line);
        if (followed.length >= expected && prints.test(line)) ending.abort();
      }
      expect(followed.length).toBeGreaterThanOrEqual(expected);
    },
    TEST_MS,
  );

  if (!isLive) return;
  it(
    'ends the console when the guest stops',
    async () => {
      const consoleLog = having(subject().driver, 'consoleLog');
      await core().create();
      const lines = consoleLog.follow(core().call('inspect'), MOST_LINES)[Symbol.asyncIterator]();
      for (;;) {
        const next = await lines.next();
        if (next.done === true) throw new Error('the console ended before the guest');
        if (prints.test(next.value)) break;
      }
      await core().stop();
      while ((await lines.next()).done !== true);
    },
    TEST_MS,
  );
}

function stopReasonContract({ instance, reason }: StopReasonAbility, { subject }: Under): void {
  it(
    'reports why a guest stopped on its own, and starts it again',
    async () => {
      const ending = new DriverCore(subject().driver, instance());
      try {
        await ending.create();
        await eventually(async () => {
          const observation = await ending.inspect();
          expect(observation).toMatchObject({ presence: 'present', power: 'stopped' });
          expect('reason' in observation && observation.reason).toMatch(reason);
        }, WITHIN);
        await ending.start();
      } finally {
        await ending.destroy();
      }
    },
    TEST_MS,
  );
}
