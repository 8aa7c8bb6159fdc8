import { Injectable } from '@nestjs/common';
import { TimeoutError } from '../../../platform/async/timeout';
import { isUuid } from '../../../platform/values/uuid';
import { DriverError, type ComputeDriver, type DriverCall, type Observation } from '../../../drivers';
import { DriverCallFactory } from '../work/driver-calls';
import { EngineRefusedError, EngineUnavailableError, WrongReplicaError } from './engine.errors';
import { accessible } from '../instances.service';
import { QueryTargetsRepository, type QueryTarget } from '../store/query-targets.repository';

/** Time limit of one query, in milliseconds. */
export const QUERY_TIMEOUT_MS = 10_000;

/** Common parts of requests that read from an engine and change nothing. */
@Injectable()
export class EngineQueries {
  constructor(
    private readonly targets: QueryTargetsRepository,
    private readonly engines: DriverCallFactory,
  ) {}

  /** @throws {InstanceNotFoundError | AccessDeniedError} */
  async find(tenantId: string, id: string): Promise<QueryTarget> {
    return accessible(isUuid(id) ? await this.targets.find(tenantId, id) : undefined);
  }

  /** @throws {WrongReplicaError} if this replica does not reach the host of the instance. */
  driverOf(target: QueryTarget): ComputeDriver {
    try {
      return this.engines.driverOf(target);
    } catch (error) {
      if (error instanceof DriverError) throw new WrongReplicaError(error.cause);
      throw error;
    }
  }

  callOf(target: QueryTarget, signal: AbortSignal): DriverCall {
    return this.engines.callOf(target, { purpose: 'inspect', signal });
  }

  /**
   * Runs a query. Any error other than a driver error or a timeout is a bug and passes unchanged.
   * @param what the subject of the query, for error messages
   * @throws {EngineUnavailableError | EngineRefusedError}
   */
  async run<T>({ kind }: ComputeDriver, what: string, query: () => Promise<T>): Promise<T> {
    try {
      return await query();
    } catch (error) {
      if (error instanceof DriverError) {
        throw error.retryable
          ? new EngineUnavailableError(kind, error.message, error)
          : new EngineRefusedError(what, error);
      }
      if (error instanceof TimeoutError) throw new EngineUnavailableError(kind, error.message, error);
      throw error;
    }
  }
}

/** The state at the engine after a failed call; undefined if that is unknown. */
export async function observationAfter(
  error: unknown,
  driver: ComputeDriver,
  call: DriverCall,
): Promise<Observation | undefined> {
  if (!(error instanceof DriverError)) return undefined;
  return driver.inspect(call).catch(() => undefined);
}
