import { Clock } from '../../src/platform/async/clock';
import type { Capacity, ComputeDriver, DriverCall, Fingerprint, InstanceSpec } from '../../src/drivers';
import { SimulatedDriver } from '../../src/drivers/simulated/simulated.driver';

const UNKNOWN = { vcpus: -1, ramGB: -1, diskGB: -1, gpus: -1 };

/** An engine of any kind with simulated machines, which records the instances it creates. */
export class Engine implements ComputeDriver {
  readonly abilities = {};
  readonly made: InstanceSpec[] = [];
  protected readonly inventory: Capacity = UNKNOWN;
  private readonly machines = new SimulatedDriver(
    { provisionDelayMs: 0, restartDelayMs: 0, capacity: UNKNOWN },
    new Clock(),
  );

  constructor(
    readonly kind: string,
    readonly capabilities: ComputeDriver['capabilities'],
  ) {}

  async fingerprint(): Promise<Fingerprint> {
    const hosts = [{ id: this.kind, inventory: this.inventory }];
    return { isUp: true, detail: this.kind, types: this.capabilities.types, hosts, abilities: [] };
  }

  create(call: DriverCall) {
    this.made.push(call.instance);
    return this.machines.create(call);
  }

  start(call: DriverCall) {
    return this.machines.start(call);
  }

  stop(call: DriverCall) {
    return this.machines.stop(call);
  }

  destroy(call: DriverCall) {
    return this.machines.destroy(call);
  }

  inspect(call: DriverCall) {
    return this.machines.inspect(call);
  }
}
