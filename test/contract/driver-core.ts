import type {
  Abilities,
  AbilityName,
  ComputeDriver,
  DriverCall,
  DriverHandle,
  DriverResult,
  GuestAddress,
  InstanceSpec,
  NewSnapshot,
  Observation,
  PublishedPort,
  Reboot,
  SnapshotRef,
  TakenSnapshot,
  Verb,
} from '../../src/drivers';
import { parseJson } from '../support/json';

/** @throws if the driver lacks the ability: a suite must not pass without testing it. */
export function having<Name extends AbilityName>(
  { kind, abilities }: ComputeDriver,
  name: Name,
): NonNullable<Abilities[Name]> {
  const ability = abilities[name];
  if (ability) return ability;
  throw new Error(`the driver ${kind} has no ${name}`);
}

const BOOTS = { resumesMemory: false };

/** Stands in for the core: keeps the handle between calls as the database would. */
export class DriverCore {
  handle: DriverHandle | null = null;
  /** From the last result. */
  ports: readonly PublishedPort[] = [];
  addresses: readonly GuestAddress[] = [];

  constructor(
    private readonly driver: ComputeDriver,
    readonly instance: DriverCall['instance'],
  ) {}

  async create(signal?: AbortSignal): Promise<void> {
    this.keep(await this.driver.create(this.call('create', signal)));
  }
  async start(signal?: AbortSignal): Promise<void> {
    this.keep(await this.driver.start(this.call('start', signal)));
  }
  async stop(): Promise<void> {
    this.keep(await this.driver.stop(this.call('stop')));
  }
  async pause(): Promise<void> {
    this.keep(await having(this.driver, 'pause').pause(this.call('pause')));
  }
  async resume(): Promise<void> {
    this.keep(await having(this.driver, 'pause').resume(this.call('resume')));
  }
  async reboot(reboot: Reboot): Promise<void> {
    this.keep(await having(this.driver, 'reboot').reboot(this.call('reboot'), reboot));
  }
  async resize(to: InstanceSpec['flavor']): Promise<void> {
    this.keep(await having(this.driver, 'resize').resize(this.call('resize'), to));
  }
  take(snapshot: NewSnapshot, signal?: AbortSignal): Promise<TakenSnapshot> {
    return having(this.driver, 'snapshots').take(this.call('snapshot', signal), snapshot);
  }
  async restore(snapshot: SnapshotRef, signal?: AbortSignal): Promise<void> {
    const call = this.call('restore', signal);
    this.keep(await having(this.driver, 'snapshots').restore(call, snapshot, BOOTS));
  }
  async createFrom(snapshot: SnapshotRef, signal?: AbortSignal): Promise<void> {
    const call = this.call('create', signal);
    this.keep(await having(this.driver, 'snapshots').create(call, snapshot, BOOTS));
  }
  async destroy(): Promise<void> {
    await this.driver.destroy(this.call('delete'));
    this.handle = null;
  }
  inspect(): Promise<Observation> {
    return this.driver.inspect(this.call('inspect'));
  }

  /** Simulates a crash between a call and the write of its handle. */
  forgetHandle(): void {
    this.handle = null;
  }

  call(purpose: Verb, signal = new AbortController().signal): DriverCall {
    return {
      instance: this.instance,
      imageCheck: null,
      handle: this.handle,
      purpose,
      progress: () => undefined,
      signal,
    };
  }

  private keep({ handle, ports = [], addresses = [] }: DriverResult): void {
    expect(Number.isInteger(handle.v)).toBe(true);
    const stored = parseJson<DriverHandle>(JSON.stringify(handle));
    expect(stored).toEqual(handle);
    this.handle = stored;
    this.ports = ports;
    this.addresses = addresses;
  }
}
