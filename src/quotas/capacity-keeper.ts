import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { UNBOUNDED } from '../common/resources';
import { DriverRegistry, tellsCapacity, type Capacity, type ComputeDriver } from '../drivers';
import { CapacityRepository } from './capacity.repository';

const ASK_TIMEOUT_MS = 5000;

/** Writes down at the start what each engine has room for. Replicas that are configured alike write the same. */
@Injectable()
export class CapacityKeeper implements OnApplicationBootstrap {
  private readonly logger = new Logger('Capacity');

  constructor(
    private readonly drivers: DriverRegistry,
    private readonly capacities: CapacityRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const driver of this.drivers.all()) {
      const capacity = await this.ask(driver);
      // What was known of an engine that does not answer now is still the best guess.
      if (capacity === 'no answer') continue;
      if (capacity) await this.capacities.know(driver.kind, capacity);
      else await this.capacities.forget(driver.kind);
    }
  }

  private async ask(driver: ComputeDriver): Promise<Capacity | 'no answer' | undefined> {
    if (!tellsCapacity(driver)) return undefined;
    try {
      const capacity = await driver.capacity(AbortSignal.timeout(ASK_TIMEOUT_MS));
      return Object.values(capacity).some((amount) => amount !== UNBOUNDED) ? capacity : undefined;
    } catch (error) {
      this.logger.warn({ err: error, driver: driver.kind }, 'the engine does not say what it has room for');
      return 'no answer';
    }
  }
}
