import { withTimeout } from '../../../platform/async/timeout';
import { TooManyWaitsError } from '../../../platform/errors/service.errors';
import { GroupCounts } from '../../../platform/values/group-counts';
import { SingleFlight } from '../../../platform/async/single-flight';

/** Maximum concurrent calls of one kind in a process. */
const MAX_CALLS = 512;
/** Maximum of these per tenant, so that no tenant blocks the others. */
const MAX_CALLS_OF_TENANT = 32;

export interface SharedCall<T> {
  /** Concurrent requests with the same key share one call. */
  readonly key: string;
  readonly tenantId: string;
  readonly timeoutMs: number;
  /** Aborts when the caller disconnects. */
  readonly signal: AbortSignal;
  readonly work: (signal: AbortSignal) => Promise<T>;
}

/** Single flight with a timeout and limits: a call ends at its timeout or when its last caller leaves. */
export class SharedCalls<T> {
  private readonly flights = new SingleFlight<T>();
  private readonly tenants = new GroupCounts();
  private calls = 0;

  /**
   * @throws {TooManyWaitsError} if too many calls are in progress.
   * @throws {TimeoutError} after the timeout; also whatever `work` rejects with.
   */
  async ask({ key, tenantId, timeoutMs, signal: caller, work }: SharedCall<T>): Promise<T> {
    return this.flights.run(key, caller, async (signal) => {
      if (this.calls >= MAX_CALLS || this.tenants.of(tenantId) >= MAX_CALLS_OF_TENANT)
        throw new TooManyWaitsError();
      this.count(tenantId, 1);
      return withTimeout({ timeoutMs, signal }, work).finally(() => this.count(tenantId, -1));
    });
  }

  private count(tenantId: string, change: 1 | -1): void {
    this.calls += change;
    this.tenants.add(tenantId, change);
  }
}
