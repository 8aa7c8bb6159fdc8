import type { ComputeDriver, DriverCall, Observation } from '../../src/drivers';
import { eventually } from '../support/eventually';
import { abilitiesContract, type Abilities } from './compute-driver.abilities';
import { DriverCore, having } from './driver-core';

/** A driver and an instance that was not created yet. */
export interface DriverUnderTest {
  readonly driver: ComputeDriver;
  readonly instance: DriverCall['instance'];
  /** Absent if `inspect` can return a half-created instance, so that a test can abort `create` at that point. */
  readonly isMadeAtOnce?: true;
}

const RUNNING: Observation = { presence: 'present', power: 'running' };
const STOPPED: Observation = { presence: 'present', power: 'stopped' };
const ABSENT: Observation = { presence: 'absent' };
/** The abort reason that the worker gives when its lease is lost. */
const LEASE_LOST = Object.assign(new Error('interrupted: lease_lost'), { isLeaseLost: true });

function howEnds(creating: Promise<void>): Promise<'done' | 'left'> {
  return creating.then(
    () => 'done',
    () => 'left',
  );
}

/** Requirements for every driver, checked through `inspect` and not through return values of the verbs. */
export function computeDriverContract(
  name: string,
  abilities: Abilities,
  make: () => Promise<DriverUnderTest>,
): void {
  describe(`${name} driver`, () => {
    let subject: DriverUnderTest;
    let core: DriverCore;

    beforeEach(async () => {
      subject = await make();
      core = new DriverCore(subject.driver, subject.instance);
    });
    afterEach(() => core.destroy());

    it('is up and names its engine', async () => {
      const { driver } = subject;
      const found = await driver.fingerprint(new AbortController().signal);
      expect(found).toMatchObject({ isUp: true, types: driver.capabilities.types });
      expect(found.detail).not.toBe('');
    });

    it('serves at least one type of instance', () => {
      expect(subject.driver.capabilities.types).toContain(subject.instance.type);
    });

    it('has one host, with a constant id and its capacity in whole numbers, or -1 if it is unknown', async () => {
      await core.create();
      const signal = new AbortController().signal;
      const [one, other] = [
        await subject.driver.fingerprint(signal),
        await subject.driver.fingerprint(signal),
      ];
      if (!one.isUp || !other.isUp) throw new Error('the engine is down');
      expect(one.hosts).toHaveLength(1);
      for (const { id, inventory } of one.hosts) {
        expect(id).toEqual(expect.stringMatching(/./));
        for (const amount of Object.values(inventory)) {
          expect(Number.isInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(-1);
        }
      }
      expect(other.hosts.map(({ id }) => id)).toEqual(one.hosts.map(({ id }) => id));
    });

    it('reports an instance that was never created as absent', async () => {
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('creates a running instance', async () => {
      await core.create();
      expect(await core.inspect()).toMatchObject(RUNNING);
    });

    it('finds its own instance if create is repeated, with the handle or without it after a crash', async () => {
      await core.create();
      await core.create();
      core.forgetHandle();
      await core.create();
      expect(await core.inspect()).toMatchObject(RUNNING);
      await core.destroy();
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('stops and starts, both repeatable', async () => {
      await core.create();
      await core.stop();
      await core.stop();
      expect(await core.inspect()).toMatchObject(STOPPED);
      await core.start();
      await core.start();
      expect(await core.inspect()).toMatchObject(RUNNING);
    });

    it('destroys running, stopped and absent instances', async () => {
      await core.destroy();
      await core.create();
      await core.destroy();
      expect(await core.inspect()).toEqual(ABSENT);
      await core.create();
      await core.stop();
      await core.destroy();
      await core.destroy();
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('leaves nothing behind when create is aborted', async () => {
      const controller = new AbortController();
      const creating = core.create(controller.signal);
      controller.abort();
      await expect(creating).rejects.toThrow();
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('leaves a partial instance to the next create after a lost lease', async () => {
      const { driver, instance, isMadeAtOnce } = subject;
      const controller = new AbortController();
      const ended = howEnds(core.create(controller.signal));
      if (!isMadeAtOnce) {
        await eventually(async () => expect(await core.inspect()).toMatchObject({ presence: 'present' }));
      }
      controller.abort(LEASE_LOST);
      // A fast engine may finish before the abort arrives.
      if (isMadeAtOnce) expect(await ended).toBe('left');
      await ended;
      if (!isMadeAtOnce) expect(await core.inspect()).toMatchObject({ presence: 'present' });
      const next = new DriverCore(driver, instance);
      await next.create();
      expect(await next.inspect()).toMatchObject(RUNNING);
      if (!abilities.inventory) return;
      const all = await having(driver, 'inventory').list(new AbortController().signal);
      expect(all.filter(({ instanceId }) => instanceId === instance.id)).toHaveLength(1);
    });

    it('does not disturb a create that another worker begins after a lost lease', async () => {
      const { driver, instance, isMadeAtOnce } = subject;
      const controller = new AbortController();
      const ended = howEnds(core.create(controller.signal));
      if (!isMadeAtOnce) {
        await eventually(async () => expect(await core.inspect()).toMatchObject({ presence: 'present' }));
      }
      controller.abort(LEASE_LOST);
      const next = new DriverCore(driver, instance);
      await Promise.all([ended, next.create()]);
      expect(await next.inspect()).toMatchObject(RUNNING);
    });

    it('does nothing if the call was aborted before it began', async () => {
      await core.create();
      await core.stop();
      await expect(core.start(AbortSignal.abort())).rejects.toThrow();
      expect(await core.inspect()).toMatchObject(STOPPED);
    });
  });

  describe(`${name} driver, optional abilities`, () => {
    abilitiesContract(abilities, make);
  });
}
