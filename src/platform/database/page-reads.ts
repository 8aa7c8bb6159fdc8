import { Injectable } from '@nestjs/common';
import { TimeoutError, abortOnTimeout } from '../async/timeout';
import { FairSemaphore, QueueFullError, type SemaphoreLimits } from '../async/fair-semaphore';
import { DatabaseConfig } from './database.config';
import { Database } from './database';
import { TooManyListsError } from './database.errors';

const MAX_WAITING = 1000;

/**
 * Reads of whole pages, which take connections, memory and CPU time. A few run concurrently and tenants take turns,
 * so that one tenant's lists delay neither other lists nor other requests.
 */
@Injectable()
export class PageReads {
  private readonly semaphore: FairSemaphore;
  private readonly timeoutMs: number;

  constructor({ kind }: Database, { connectTimeoutMs, poolSize }: DatabaseConfig) {
    this.timeoutMs = connectTimeoutMs;
    this.semaphore = new FairSemaphore({ ...placesOf(kind, poolSize), mayWait: MAX_WAITING });
  }

  /**
   * Runs all statements of one page when it is the tenant's turn.
   * @throws {TooManyListsError} if too many reads are queued, or this one waited longer than the connection timeout.
   */
  async run<T>(tenantId: string, read: () => Promise<T>): Promise<T> {
    const place = { isTaken: false };
    try {
      return await abortOnTimeout({ timeoutMs: this.timeoutMs }, (signal) =>
        this.semaphore.run(tenantId, signal, () => {
          place.isTaken = true;
          return read();
        }),
      );
    } catch (error) {
      const hasWaitedInVain =
        !place.isTaken && (error instanceof QueueFullError || error instanceof TimeoutError);
      throw hasWaitedInVain ? new TooManyListsError() : error;
    }
  }
}

/** The embedded database runs one statement at a time, and other requests must not wait behind several pages. */
function placesOf(kind: Database['kind'], poolSize: number): SemaphoreLimits {
  if (kind === 'embedded') return { atOnce: 1 };
  const atOnce = Math.max(1, Math.min(4, Math.floor(poolSize / 2)));
  return { atOnce, ofGroup: Math.max(1, atOnce - 1) };
}
