import { Injectable, Logger } from '@nestjs/common';
import { Metrics } from '../../platform/metrics';
import { discard, MOST_DISCARDED, type InventoryHost } from './discarding';
import { ReconcilerRepository } from './reconciler.repository';

/**
 * Removes what a failed creation left at an engine when its undo failed too. It holds no quota and was never
 * usable, so it is removed at once; the instance stays in `error` with its reason, until it is deleted.
 */
@Injectable()
export class LeftoversService {
  private readonly logger = new Logger('Leftovers');

  constructor(
    private readonly repository: ReconcilerRepository,
    private readonly metrics: Metrics,
  ) {}

  /** Removes what the engine holds under these ids if they are still failed creations. */
  async remove({ driver }: InventoryHost, ids: readonly string[], signal: AbortSignal): Promise<void> {
    for (const id of ids.slice(0, MOST_DISCARDED)) {
      const [instance] = await this.repository.targets([id]);
      if (!instance || !isUncounted(instance)) continue;
      const told = { driver: driver.kind, instanceId: id, tenantId: instance.tenantId };
      const outcome = await discard(driver, id, signal);
      if (outcome.kind === 'failed') {
        const sentence = 'failed to remove leftovers of a failed creation; will retry';
        this.logger.warn({ ...told, err: outcome.error }, sentence);
      }
      if (outcome.kind !== 'removed') continue;
      this.metrics.countLeftovers(driver.kind);
      this.logger.warn(told, 'removed leftovers of a failed creation from the engine');
    }
  }
}

/** Whether its creation failed and released its quota. */
export function isUncounted({ status, isCounted }: Uncounted): boolean {
  return status === 'error' && !isCounted;
}

interface Uncounted {
  readonly status: string;
  readonly isCounted: boolean;
}
