import { Injectable } from '@nestjs/common';
import {
  isOn,
  powerStateOf,
  type ComputeDriver,
  type DriverCall,
  type StatsReporter,
  type Usage,
} from '../../../drivers';
import { EngineQueries, observationAfter, QUERY_TIMEOUT_MS } from '../engine/engine-queries';
import { StatsUnsupportedError } from '../engine/engine.errors';
import { IllegalStateError } from '../instance.errors';
import type { QueryTarget } from '../store/query-targets.repository';
import { SharedCalls } from '../engine/shared-calls';
import { descriptorOf } from '../actions/actions';

/** Resource usage of a running instance. `at` is the time of measurement in Unix seconds. */
export interface Stats extends Usage {
  readonly at: number;
}

/** Resource usage, measured by the engine on request. Nothing is stored. */
@Injectable()
export class StatsService {
  private readonly measurements = new SharedCalls<Stats>();

  constructor(private readonly queries: EngineQueries) {}

  /**
   * @throws {InstanceNotFoundError | AccessDeniedError | IllegalStateError | StatsUnsupportedError}
   * @throws {EngineUnavailableError | WrongReplicaError | EngineRefusedError | TooManyWaitsError}
   */
  async read(tenantId: string, id: string, signal: AbortSignal): Promise<Stats> {
    const target = await this.queries.find(tenantId, id);
    if (!descriptorOf('stop').from.includes(target.status)) throw notRunning(target);
    const driver = this.queries.driverOf(target);
    const { stats } = driver.abilities;
    if (!stats) throw new StatsUnsupportedError(driver.kind);
    return this.queries.run(driver, 'stats', () =>
      this.measurements.ask({
        key: target.id,
        tenantId,
        timeoutMs: QUERY_TIMEOUT_MS,
        signal,
        work: async (stopping) => {
          const call = this.queries.callOf(target, stopping);
          const { cpu, memory, disk, network } = await measured(driver, stats, call, target);
          return { cpu, memory, disk, network, at: Math.floor(Date.now() / 1000) };
        },
      }),
    );
  }
}

function notRunning(target: QueryTarget): IllegalStateError {
  const { from, refusal } = descriptorOf('stop');
  return new IllegalStateError(refusal, target, from);
}

/** @throws {IllegalStateError} if the instance has ended since its status was stored. */
async function measured(
  driver: ComputeDriver,
  stats: StatsReporter,
  call: DriverCall,
  target: QueryTarget,
): Promise<Usage> {
  try {
    return await stats.usage(call);
  } catch (error) {
    const observation = await observationAfter(error, driver, call);
    if (!observation || isOn(observation)) throw error;
    throw notRunning({ ...target, status: powerStateOf(observation) === 'stopped' ? 'stopped' : 'error' });
  }
}
