import { Injectable } from '@nestjs/common';
import { AccessDeniedError, ShuttingDownError } from '../../platform/errors/service.errors';
import { fromPageToken, toPageToken } from '../../platform/values/paging';
import { isUuid } from '../../platform/values/uuid';
import type { Operation, OperationStatus } from './operation';
import { traitsOf } from './operation-types';
import { OperationNotFoundError, WaitTimeoutError } from './operation.errors';
import { OperationWaiter } from './operation-waiter';
import { OperationsRepository } from './store/operations.repository';

export interface OperationQuery {
  readonly status?: OperationStatus;
  readonly resourceId?: string;
  readonly limit: number;
  readonly pageToken?: string;
}

export interface OperationPage {
  readonly operations: readonly Operation[];
  readonly nextPageToken?: string;
}

@Injectable()
export class OperationsService {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly waiter: OperationWaiter,
  ) {}

  /** @throws {OperationNotFoundError | AccessDeniedError} */
  async get(tenantId: string, id: string): Promise<Operation> {
    const operation = isUuid(id) ? await this.operations.find(tenantId, id) : undefined;
    if (!operation) throw new OperationNotFoundError();
    if (operation === 'foreign') throw new AccessDeniedError();
    return operation;
  }

  /**
   * Waits until the operation has ended, or is a deletion or cleanup that is being retried. Returns its current state
   * on timeout or if too many requests are waiting.
   * @throws {OperationNotFoundError | AccessDeniedError}
   */
  async outcome(tenantId: string, id: string, timeoutMs: number): Promise<Operation> {
    const watch = this.waiter.watch(tenantId, id);
    try {
      const operation = await this.get(tenantId, id);
      if (operation.finishedAt !== null || isKeptWaiting(operation)) return operation;
      return (await watch?.result(timeoutMs)) ? await this.get(tenantId, id) : operation;
    } finally {
      watch?.stop();
    }
  }

  /**
   * Waits until the operation has ended, with whatever result.
   * @throws {OperationNotFoundError | AccessDeniedError | WaitTimeoutError | TooManyWaitsError | ShuttingDownError}
   */
  async wait(tenantId: string, id: string, timeoutMs: number, signal: AbortSignal): Promise<Operation> {
    const { followers } = this.waiter;
    const end = performance.now() + timeoutMs;
    for (;;) {
      const wait = followers.begin(tenantId, id.toLowerCase(), () => true);
      try {
        const operation = await this.get(tenantId, id);
        if (operation.finishedAt !== null) return operation;
        // May wake before the end: a deletion also signals when it is postponed.
        const isWoken = await wait.result(Math.max(0, end - performance.now()), signal);
        if (isWoken === undefined) return await this.endOfWait(tenantId, id, timeoutMs);
      } finally {
        wait.stop();
      }
    }
  }

  /** Checks once more: the operation may have ended without a signal. */
  private async endOfWait(tenantId: string, id: string, timeoutMs: number): Promise<Operation> {
    if (this.waiter.followers.isClosed) throw new ShuttingDownError();
    const operation = await this.get(tenantId, id);
    if (operation.finishedAt === null) throw new WaitTimeoutError(timeoutMs, operation.status);
    return operation;
  }

  async list(tenantId: string, { limit, pageToken, ...filter }: OperationQuery): Promise<OperationPage> {
    const before = pageToken === undefined ? {} : { before: fromPageToken(pageToken) };
    const found = await this.operations.list(tenantId, { ...filter, ...before, limit: limit + 1 });
    const operations = found.slice(0, limit);
    const last = operations.at(-1);
    if (found.length <= limit || !last) return { operations };
    return { operations, nextPageToken: toPageToken(last.id) };
  }
}

function isKeptWaiting({ type, status, error }: Operation): boolean {
  return traitsOf(type).isPersistent && status === 'pending' && error !== null;
}
