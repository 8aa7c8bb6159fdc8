import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IntervalTask } from '../../../platform/async/interval-task';
import { forEachConcurrent } from '../../../platform/async/for-each-concurrent';
import { failpoint } from '../../../platform/failpoints';
import { newId } from '../../../platform/values/uuid';
import { OperationSignals } from '../../operations';
import { ActionsRepository } from '../actions/actions.repository';
import { RetentionRepository, type DuePurge } from './retention.repository';

const ACTOR = 'system:purger';
const INTERVAL_MS = 1000;
const AT_ONCE = 4;

/**
 * Deletes retained instances for good when their time is over. Each deletion is an ordinary operation, which the worker runs
 * in its turn. Replicas run in parallel: the second deletion of the same instance changes nothing.
 */
@Injectable()
export class Purger implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Instances');
  /** Only the first of several failures is logged. */
  private isFailing = false;
  private readonly rounds = new IntervalTask({
    intervalMs: INTERVAL_MS,
    work: async (signal) => {
      await this.round(signal);
      this.isFailing = false;
    },
    failed: (error) => {
      if (!this.isFailing) this.logger.warn({ err: error }, 'failed to purge instances; will retry');
      this.isFailing = true;
    },
  });

  constructor(
    private readonly repository: RetentionRepository,
    private readonly lifecycle: ActionsRepository,
    private readonly operations: OperationSignals,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  /** Begins the deletion of all that are due, unless they change meanwhile. */
  private async round(signal: AbortSignal): Promise<void> {
    for (let hasMore = true; hasMore && !signal.aborted;) {
      const due = await this.repository.due();
      let begun = 0;
      await forEachConcurrent(due, AT_ONCE, async (purge) => {
        if (await this.begin(purge)) begun++;
      });
      hasMore = begun > 0;
      if (hasMore) this.operations.enqueued();
    }
  }

  private async begin({ tenantId, ...ref }: DuePurge): Promise<boolean> {
    const id = newId();
    // No request asks for it; the operation's own id identifies it in logs and at platform services.
    const operation = {
      id,
      type: 'delete',
      requestId: id,
      traceparent: null,
      actor: ACTOR,
      key: null,
      isForced: false,
    } as const;
    const begun = await this.lifecycle.beginDelete(tenantId, ref, operation);
    if (!begun) return false;
    failpoint('purge.begun', ref.id);
    this.logger.log({ instanceId: ref.id, tenantId }, 'deleting the retained instance for good');
    return true;
  }
}
