import { Injectable, type OnModuleInit } from '@nestjs/common';
import { failpoint } from '../../../../platform/failpoints';
import { HostsService } from '../../../hosts';
import {
  OperationHandlers,
  OperationsQueue,
  type ClaimedOperation,
  type Failure,
  type OperationHandler,
  type Outcome,
  type Postponement,
} from '../../../operations';
import { abilityOf } from '../../engine/ability-of';
import { SnapshotDeletionsRepository } from '../store/snapshot-deletions.repository';

/** Removes snapshots from their engine, and records the results. */
@Injectable()
export class SnapshotDeletions implements OperationHandler, OnModuleInit {
  constructor(
    private readonly handlers: OperationHandlers,
    private readonly queue: OperationsQueue,
    private readonly deletions: SnapshotDeletionsRepository,
    private readonly hosts: HostsService,
  ) {}

  onModuleInit(): void {
    this.handlers.register('snapshot', ['delete_snapshot'], this);
  }

  async execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome> {
    const { tenantId, resourceId, hostId } = operation;
    const snapshot = await this.deletions.target(tenantId, resourceId);
    if (!snapshot) return { result: 'succeeded', record: () => this.queue.end(operation, 'succeeded') };
    await abilityOf(this.hosts.driverOf(hostId), 'snapshots').remove(snapshot, signal);
    failpoint('snapshot.removed', resourceId);
    return { result: 'succeeded', record: () => this.deletions.complete(operation) };
  }

  fail(operation: ClaimedOperation, failure: Failure): Promise<boolean> {
    return this.deletions.fail(operation, failure);
  }

  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean> {
    const { failure, delayMs } = postponement;
    const seconds = Math.ceil(delayMs / 1000);
    const reason = `delete will be retried in ${seconds} s; attempt ${operation.attempts} failed: ${failure.message}`;
    return this.deletions.postpone(operation, { ...postponement, reason });
  }
}
