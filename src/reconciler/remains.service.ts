import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../metrics';
import { discard, MOST_DISCARDED, type ListingDriver } from './discarding';
import { ReconcilerRepository } from './reconciler.repository';

/**
 * What a creation has left at an engine whose undoing failed too. Nobody counts it, its instance can only be
 * deleted, and it has never been anybody's: so it goes at once, and its row stays to say what happened.
 */
@Injectable()
export class RemainsService {
  private readonly logger = new Logger('Remains');

  constructor(
    private readonly repository: ReconcilerRepository,
    private readonly metrics: Metrics,
  ) {}

  /** Removes what the engine holds under these ids, as far as their creations still are failed ones. */
  async remove(driver: ListingDriver, ids: readonly string[], signal: AbortSignal): Promise<void> {
    for (const id of ids.slice(0, MOST_DISCARDED)) {
      const [instance] = await this.repository.targets([id]);
      if (!instance || !isUncounted(instance)) continue;
      const told = { driver: driver.kind, instanceId: id, tenantId: instance.tenantId };
      const outcome = await discard(driver, id, signal);
      if (outcome.kind === 'failed') {
        const sentence = 'what a failed creation left could not be removed; it is tried again';
        this.logger.warn({ ...told, err: outcome.error }, sentence);
      }
      if (outcome.kind !== 'removed') continue;
      this.metrics.countRemains(driver.kind);
      this.logger.warn(told, 'removed what a failed creation had left at the engine');
    }
  }
}

/** Its creation has failed, and no operation is at work on it. */
export function isUncounted({ status, isCounted }: Uncounted): boolean {
  return status === 'error' && !isCounted;
}

interface Uncounted {
  readonly status: string;
  readonly isCounted: boolean;
}
