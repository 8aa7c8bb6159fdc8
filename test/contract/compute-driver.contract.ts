import { lists, type ComputeDriver, type DriverCall, type Observation } from '../../src/drivers';
import { eventually } from '../support/eventually';
import { abilitiesContract, type Abilities } from './compute-driver.abilities';
import { DriverCore } from './driver-core';

/** A driver, and an instance that it has never seen. */
export interface DriverUnderTest {
  readonly driver: ComputeDriver;
  readonly instance: DriverCall['instance'];
  /** Left out where `inspect` can see an instance that is half made, and `create` be aborted just then. */
  readonly isMadeAtOnce?: true;
}

const RUNNING: Observation = { presence: 'present', power: 'running' };
const STOPPED: Observation = { presence: 'present', power: 'stopped' };
const ABSENT: Observation = { presence: 'absent' };
/** As the worker that has lost its lease says it. */
const HANDED_OVER = Object.assign(new Error('interrupted: lease_lost'), { isHandedOver: true });

function howEnds(creating: Promise<void>): Promise<'done' | 'left'> {
  return creating.then(
    () => 'done',
    () => 'left',
  );
}

/** Requirements for every driver, checked by what `inspect` reports and not by what the verbs return. */
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

    it('is up, and says which engine it is', async () => {
      const health = await subject.driver.probe(new AbortController().signal);
      expect(health).toMatchObject({ isUp: true });
      expect(health.detail).not.toBe('');
    });

    it('serves at least one type of instance', () => {
      expect(subject.driver.capabilities.types).toContain(subject.instance.type);
    });

    it('knows nothing of an instance that was never made', async () => {
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('creates an instance that runs', async () => {
      await core.create();
      expect(await core.inspect()).toMatchObject(RUNNING);
    });

    it('finds its own work when create is repeated, with its handle or after a crash without it', async () => {
      await core.create();
      await core.create();
      core.forgetHandle();
      await core.create();
      expect(await core.inspect()).toMatchObject(RUNNING);
      await core.destroy();
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('stops and starts, and both may be repeated', async () => {
      await core.create();
      await core.stop();
      await core.stop();
      expect(await core.inspect()).toMatchObject(STOPPED);
      await core.start();
      await core.start();
      expect(await core.inspect()).toMatchObject(RUNNING);
    });

    it('destroys what runs, what is stopped, and what is not there', async () => {
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

    it('leaves what it has begun to the next create where another worker goes on', async () => {
      const { driver, instance, isMadeAtOnce } = subject;
      const controller = new AbortController();
      const ended = howEnds(core.create(controller.signal));
      if (!isMadeAtOnce) {
        await eventually(async () => expect(await core.inspect()).toMatchObject({ presence: 'present' }));
      }
      controller.abort(HANDED_OVER);
      // A quick engine may be done before it is told.
      if (isMadeAtOnce) expect(await ended).toBe('left');
      await ended;
      if (!isMadeAtOnce) expect(await core.inspect()).toMatchObject({ presence: 'present' });
      const next = new DriverCore(driver, instance);
      await next.create();
      expect(await next.inspect()).toMatchObject(RUNNING);
      if (!abilities.inventory) return;
      if (!lists(driver)) throw new Error('the driver does not list what it holds');
      const all = await driver.list(new AbortController().signal);
      expect(all.filter(({ instanceId }) => instanceId === instance.id)).toHaveLength(1);
    });

    it('lets the next create be, which another worker begins while this one is told to leave it', async () => {
      const { driver, instance, isMadeAtOnce } = subject;
      const controller = new AbortController();
      const ended = howEnds(core.create(controller.signal));
      if (!isMadeAtOnce) {
        await eventually(async () => expect(await core.inspect()).toMatchObject({ presence: 'present' }));
      }
      controller.abort(HANDED_OVER);
      const next = new DriverCore(driver, instance);
      await Promise.all([ended, next.create()]);
      expect(await next.inspect()).toMatchObject(RUNNING);
    });

    it('does nothing for a call that is aborted already', async () => {
      await core.create();
      await core.stop();
      await expect(core.start(AbortSignal.abort())).rejects.toThrow();
      expect(await core.inspect()).toMatchObject(STOPPED);
    });
  });

  describe(`${name} driver, beyond the eight members`, () => {
    abilitiesContract(abilities, make);
  });
}
