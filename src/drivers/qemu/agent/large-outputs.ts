import { FairSemaphore } from '../../../platform/async/fair-semaphore';

const AT_ONCE = 4;

/**
 * Places for the large outputs of commands that this process holds, each of which may need 100 MB. A tenant has one, and
 * tenants take turns.
 */
export class LargeOutputs {
  private readonly places = new FairSemaphore({ atOnce: AT_ONCE, ofGroup: 1 });

  /** @returns a function that gives the place back; rejects with the reason of the signal */
  async enter(tenantId: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      this.places.run(tenantId, signal, () => new Promise<void>((leave) => resolve(leave))).catch(reject);
    });
  }
}
