import { DriverError, type DriverCall, type DriverHandle, type DriverResult } from '../port/driver-call';
import type { FromSnapshot, NewSnapshot, SnapshotRef, Snapshots, TakenSnapshot } from '../port/snapshots';
import type { FaultyCall } from './simulated.faults';
import { isOn, powerOf, resultOf } from './simulated.handle';

const GIB = 1024 ** 3;
/** Share of the disk that guests have written. */
const USED = 1 / 8;

interface Ports {
  readonly act: (verb: FaultyCall, configuredMs: number, call: DriverCall) => Promise<void>;
  readonly create: (call: DriverCall, isResuming: boolean) => Promise<DriverResult>;
}

/** Snapshots of instances without data. What there is of them is in their handles. */
export class SimulatedSnapshots implements Snapshots {
  constructor(private readonly ports: Ports) {}

  whyNotQuiesced(handle: DriverHandle | null): string | undefined {
    const why = handle?.data['unquiesced'];
    return typeof why === 'string' ? why : undefined;
  }

  async take(call: DriverCall, { includesMemory, isQuiesced }: NewSnapshot): Promise<TakenSnapshot> {
    if (powerOf(call.handle) === undefined) throw missing('the instance');
    if ((includesMemory || isQuiesced) && !isOn(call)) throw refusal('the guest does not run');
    await this.ports.act('snapshot', 0, call);
    const { diskGB, ramGB } = call.instance.flavor;
    const removeError = call.instance.metadata['simulate.removeError'];
    return {
      handle: { v: 1, data: { includesMemory, ...(removeError !== undefined && { removeError }) } },
      sizeBytes: GIB * (diskGB * USED + (includesMemory ? ramGB : 0)),
    };
  }

  /** Guests are never frozen, and an interrupted call leaves nothing behind. */
  async abandon(): Promise<void> {
    return Promise.resolve();
  }

  check(_: DriverCall, { handle }: SnapshotRef): Promise<void> {
    if (handle?.v !== 1) return Promise.reject(missing('the snapshot'));
    return Promise.resolve();
  }

  async restore(
    call: DriverCall,
    snapshot: SnapshotRef,
    { resumesMemory }: FromSnapshot,
  ): Promise<DriverResult> {
    if (isOn(call)) throw refusal('the instance is not stopped');
    await this.check(call, snapshot);
    await this.ports.act('restore', 0, call);
    return resultOf(call, 'stopped', { reboots: 0, isResumed: resumesMemory });
  }

  async create(
    call: DriverCall,
    snapshot: SnapshotRef,
    { resumesMemory }: FromSnapshot,
  ): Promise<DriverResult> {
    await this.check(call, snapshot);
    return this.ports.create(call, resumesMemory);
  }

  remove({ handle }: SnapshotRef): Promise<void> {
    const fault = handle?.data['removeError'];
    return typeof fault === 'string' ? Promise.reject(refusal(fault)) : Promise.resolve();
  }
}

function refusal(message: string): DriverError {
  return new DriverError(message, { retryable: false });
}

function missing(what: string): DriverError {
  return refusal(`${what} is not there`);
}
