import { FairSemaphore } from '../../../platform/async/fair-semaphore';
import { abortOnTimeout, TimeoutError } from '../../../platform/async/timeout';
import { DriverError } from '../../port/driver-call';

const AT_ONCE = 4;
const WAIT_MS = 60_000;
const DELIVERY_MS = 60_000;

/**
 * Places for the large outputs of commands that this process holds, each of which may need 100 MB. A tenant has one, and
 * tenants take turns.
 */
export class LargeOutputs {
  private readonly places = new FairSemaphore({ atOnce: AT_ONCE, ofGroup: 1 });

  /** @param deliveryMs how long a client may take to read an output that has a place */
  constructor(
    readonly deliveryMs = DELIVERY_MS,
    private readonly waitMs = WAIT_MS,
  ) {}

  /**
   * @returns a function that gives the place back
   * @throws {DriverError} if none is free for a while; rejects with the reason of the signal
   */
  async enter(tenantId: string, signal: AbortSignal): Promise<() => void> {
    try {
      return await abortOnTimeout(
        { timeoutMs: this.waitMs, signal },
        (within) =>
          new Promise<() => void>((resolve, reject) => {
            const held = (): Promise<void> => new Promise((leave) => resolve(leave));
            this.places.run(tenantId, within, held).catch(reject);
          }),
      );
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      throw new DriverError('The output is lost, because too many large outputs are read at the same time', {
        ...{ retryable: false, cause: error },
      });
    }
  }
}
