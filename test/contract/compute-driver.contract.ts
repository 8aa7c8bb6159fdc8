import { parseJson } from '../support/json';
import type { ComputeDriver, DriverCall, DriverHandle, Observation, Purpose } from '../../src/drivers';

/** A driver under test, and an instance that it has never seen. */
export interface DriverUnderTest {
  readonly driver: ComputeDriver;
  readonly instance: DriverCall['instance'];
}

const RUNNING: Observation = { presence: 'present', power: 'running' };
const STOPPED: Observation = { presence: 'present', power: 'stopped' };
const ABSENT: Observation = { presence: 'absent' };

/** Plays the core: keeps the handle between calls as the database would, and nothing else. */
class Core {
  private handle: DriverHandle | null = null;

  constructor(private readonly subject: DriverUnderTest) {}

  async create(signal?: AbortSignal): Promise<void> {
    this.keep(await this.subject.driver.create(this.call('create', signal)));
  }
  async start(signal?: AbortSignal): Promise<void> {
    this.keep(await this.subject.driver.start(this.call('start', signal)));
  }
  async stop(): Promise<void> {
    this.keep(await this.subject.driver.stop(this.call('stop')));
  }
  async destroy(): Promise<void> {
    await this.subject.driver.destroy(this.call('delete'));
    this.handle = null;
  }
  inspect(): Promise<Observation> {
    return this.subject.driver.inspect(this.call('inspect'));
  }

  /** What a crash between a verb and its record does: the core never learned of the handle. */
  forgetHandle(): void {
    this.handle = null;
  }

  private call(purpose: Purpose, signal = new AbortController().signal): DriverCall {
    return {
      instance: this.subject.instance,
      handle: this.handle,
      purpose,
      progress: () => undefined,
      signal,
    };
  }

  private keep(handle: DriverHandle): void {
    expect(Number.isInteger(handle.v)).toBe(true);
    const stored = parseJson<DriverHandle>(JSON.stringify(handle));
    expect(stored).toEqual(handle);
    this.handle = stored;
  }
}

/** What every driver must do, judged by what `inspect` says and not by what the verbs return. */
export function computeDriverContract(name: string, make: () => Promise<DriverUnderTest>): void {
  describe(`${name} driver`, () => {
    let subject: DriverUnderTest;
    let core: Core;

    beforeEach(async () => {
      subject = await make();
      core = new Core(subject);
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
      expect(await core.inspect()).toEqual(RUNNING);
    });

    it('finds its own work when create is repeated, with its handle or after a crash without it', async () => {
      await core.create();
      await core.create();
      core.forgetHandle();
      await core.create();
      expect(await core.inspect()).toEqual(RUNNING);
      await core.destroy();
      expect(await core.inspect()).toEqual(ABSENT);
    });

    it('stops and starts, and both may be repeated', async () => {
      await core.create();
      await core.stop();
      await core.stop();
      expect(await core.inspect()).toEqual(STOPPED);
      await core.start();
      await core.start();
      expect(await core.inspect()).toEqual(RUNNING);
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

    it('does nothing for a call that is aborted already', async () => {
      await core.create();
      await core.stop();
      await expect(core.start(AbortSignal.abort())).rejects.toThrow();
      expect(await core.inspect()).toEqual(STOPPED);
    });
  });
}
