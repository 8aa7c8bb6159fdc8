import { Injectable } from '@nestjs/common';
import { RowAllowance } from '../../platform/async/row-allowance';
import { TooManyPendingOperationsError } from './operation.errors';
import { OperationsConfig } from './operations.config';
import { OperationsRepository } from './store/operations.repository';

/**
 * Keeps one tenant from filling the queue: a tenant with too many unfinished operations cannot create instances.
 * Other operations need no such limit, because an instance has only one at a time.
 */
@Injectable()
export class PendingOperations {
  private readonly allowance: RowAllowance;

  constructor({ maxPending }: OperationsConfig, operations: OperationsRepository) {
    this.allowance = new RowAllowance({
      limit: maxPending,
      count: (tenantId, atMost) => operations.countPending(tenantId, atMost),
      refusal: () => new TooManyPendingOperationsError(maxPending),
    });
  }

  /** Runs `create`, which adds `count` operations. @throws {TooManyPendingOperationsError} and what `create` throws. */
  add<T>(tenantId: string, count: number, create: () => Promise<T>): Promise<T> {
    return this.allowance.add(tenantId, { rows: count, write: create });
  }

  /** @throws {TooManyPendingOperationsError} if `add` would. */
  async dryRun(tenantId: string, count: number): Promise<void> {
    (await this.allowance.admit(tenantId, count)).settle(0);
  }
}
