import type { SimulatedConfig } from '../../config';
import { INSTANCE_TYPES } from '../../common/instance-type';
import type { Clock } from '../clock';
import type {
  Capacity,
  CapacityTelling,
  ComputeDriver,
  DriverCall,
  DriverHandle,
  DriverHealth,
  Observation,
  Purpose,
} from '../compute-driver.port';
import { SimulatedFaults } from './simulated.faults';

type Power = 'running' | 'stopped';

/**
 * An engine without machines: it takes its time and can fail on request, and nothing runs.
 *
 * Its machine IS the handle. So it keeps nothing that a crash could lose, any replica can go on
 * where another stopped, and an aborted call has nothing to undo.
 */
export class SimulatedDriver implements ComputeDriver, CapacityTelling {
  readonly kind = 'simulated';
  readonly capabilities = { types: INSTANCE_TYPES, images: 'ignored' as const };

  constructor(
    private readonly config: SimulatedConfig,
    private readonly clock: Clock,
  ) {}

  async probe(): Promise<DriverHealth> {
    return { isUp: true, detail: 'simulated' };
  }

  /** As much as it is told to have: there are no machines that could be full. */
  async capacity(): Promise<Capacity> {
    return this.config.capacity;
  }

  async create(call: DriverCall): Promise<DriverHandle> {
    if (powerOf(call.handle) === undefined) await this.act('create', this.config.provisionDelayMs, call);
    return handleOf('running');
  }

  async start(call: DriverCall): Promise<DriverHandle> {
    const isRestart = call.purpose === 'restart';
    if (powerOf(call.handle) !== 'running') {
      await this.act(isRestart ? 'restart' : 'start', isRestart ? this.config.restartDelayMs : 0, call);
    }
    return handleOf('running');
  }

  async stop(call: DriverCall): Promise<DriverHandle> {
    if (powerOf(call.handle) === 'running') await this.act('stop', 0, call);
    return handleOf('stopped');
  }

  async destroy(call: DriverCall): Promise<void> {
    await this.act('delete', 0, call);
  }

  async inspect({ handle }: DriverCall): Promise<Observation> {
    const power = powerOf(handle);
    return power === undefined ? { presence: 'absent' } : { presence: 'present', power };
  }

  private async act(
    verb: Exclude<Purpose, 'inspect'>,
    configuredMs: number,
    call: DriverCall,
  ): Promise<void> {
    const faults = new SimulatedFaults(call);
    const progress = faults.progress(verb);
    if (progress !== undefined) call.progress(progress);
    await this.clock.wait(faults.delayMs(verb, configuredMs), call.signal);
    faults.raise(verb);
  }
}

function handleOf(power: Power): DriverHandle {
  return { v: 1, data: { power } };
}

function powerOf(handle: DriverHandle | null): Power | undefined {
  const power = handle?.data['power'];
  return power === 'running' || power === 'stopped' ? power : undefined;
}
