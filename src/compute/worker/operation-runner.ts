import { Logger } from '@nestjs/common';
import { AppError } from '../../platform/errors/app.error';
import { SERVICE_ERRORS } from '../../platform/errors/service.errors';
import { DatabaseUnavailableError } from '../../platform/database';
import { DriverError, UNDO_BUDGET_MS } from '../../drivers';
import { PlatformServiceError } from '../../integrations';
import type { Metrics } from '../../platform/metrics';
import {
  type ClaimedOperation,
  type Failure,
  type OperationHandlers,
  type OperationSignals,
  type OperationsQueue,
  LONGEST_DELAY_MS,
  OPERATION_ERRORS,
  storable,
  toFailure,
  traitsOf,
} from '../operations';
import type { LeasedOperation } from './leased-operation';
import { backoffMs, sleep } from '../../platform/async/sleep';

type Result = 'succeeded' | 'failed' | 'postponed';

export interface RunnerPorts {
  readonly handlers: OperationHandlers;
  readonly queue: OperationsQueue;
  readonly signals: OperationSignals;
  readonly metrics: Metrics;
}

/** How long an interrupted engine call may take: the drivers' budget for undoing their work, plus a margin. */
const ABORT_GRACE_MS = UNDO_BUDGET_MS + 500;
const RETRY = { firstMs: 500, lastMs: LONGEST_DELAY_MS };
const RECORD_RETRY = { firstMs: 100, lastMs: 1000 };

/** Runs one claimed operation and makes sure that its outcome is recorded. */
export class OperationRunner {
  private readonly logger = new Logger('Worker');

  constructor(
    private readonly ports: RunnerPorts,
    private readonly maxAttempts: number,
  ) {}

  /** Never rejects: if the outcome cannot be written, the operation is retried when its lease ends. */
  async run(held: LeasedOperation): Promise<void> {
    const { operation } = held;
    try {
      await this.attempt(held);
    } catch (error) {
      const { id: operationId, resourceId, type } = operation;
      this.logger.error(
        { err: error, operationId, instanceId: resourceId, type },
        'failed to store the outcome of an operation; it will be retried when its lease expires',
      );
    }
  }

  private async attempt(held: LeasedOperation): Promise<void> {
    const { operation } = held;
    if (operation.attempts > this.maxAttempts && !traitsOf(operation.type).isPersistent) {
      const message = `given up after ${this.maxAttempts} attempts that never finished`;
      await this.fail(held, { code: OPERATION_ERRORS.operation_given_up.code, message });
      return;
    }
    if (operation.remainingMs <= 0) {
      await this.fail(held, timedOut());
      return;
    }
    const startedAt = performance.now();
    const timer = setTimeout(() => held.interrupt('timeout'), operation.remainingMs);
    try {
      const { result, record } = await orInterrupted(
        this.ports.handlers.of(operation).execute(operation, held.workSignal),
        held.workSignal,
      );
      await this.record(held, result, record);
    } catch (error) {
      await this.takeFailure(held, error, Math.round(performance.now() - startedAt));
    } finally {
      clearTimeout(timer);
    }
  }

  private async takeFailure(held: LeasedOperation, error: unknown, elapsedMs: number): Promise<void> {
    const { operation, interruption } = held;
    switch (interruption) {
      case 'superseded':
        // While the engine is still working, the next operation must wait: the end of the lease frees it instead.
        if (!(error instanceof StillWorkingError) && !(await this.acknowledgeCancel(operation)))
          this.noteLoss(operation);
        return;
      case 'lease_lost':
        this.noteLoss(operation);
        return;
      case 'shutdown':
        if (error instanceof StillWorkingError) return;
        await this.ports.queue.release(operation);
        this.ports.metrics.countOperation(operation.type, 'released');
        this.ports.signals.enqueued();
        return;
      case 'timeout':
        await this.fail(held, timedOut(), false);
        return;
      case undefined:
        await this.retryOrFail(held, error, elapsedMs);
    }
  }

  private async retryOrFail(held: LeasedOperation, error: unknown, elapsedMs: number): Promise<void> {
    const { operation } = held;
    const failure = failureOf(error);
    const { id: operationId, resourceId, tenantId, requestId, type, attempts } = operation;
    this.logger.warn(
      { err: error, operationId, instanceId: resourceId, tenantId, requestId, type, attempts },
      'an attempt failed',
    );
    const delayMs = backoffMs(operation.attempts, RETRY);
    const isPatient = traitsOf(type).isPersistent && isRetryable(error);
    const spentMs = elapsedMs + delayMs;
    const hasTries = attempts < this.maxAttempts && spentMs < operation.remainingMs;
    if (isPatient || (isRetryable(error) && hasTries)) {
      const postponement = { failure, delayMs, spentMs };
      await this.record(held, 'postponed', () =>
        this.ports.handlers.of(operation).postpone(operation, postponement),
      );
    } else {
      await this.fail(held, failure);
    }
  }

  private async fail(held: LeasedOperation, failure: Failure, isOutcomeKnown = true): Promise<void> {
    await this.record(held, 'failed', () =>
      this.ports.handlers.of(held.operation).fail(held.operation, failure, isOutcomeKnown),
    );
  }

  /** Writes an outcome; retries while the database is unavailable and this worker holds the operation. */
  private async record(held: LeasedOperation, result: Result, write: () => Promise<boolean>): Promise<void> {
    const { operation } = held;
    for (let attempt = 1; ; attempt++) {
      try {
        const isOurs = await write();
        if (isOurs) {
          this.announce(operation, result);
          return;
        }
        const wasCancelled = await this.acknowledgeCancel(operation);
        // On a retry, an earlier write may have succeeded without its reply: the operation has ended.
        if (attempt > 1) this.ports.signals.finished(operation.id);
        else if (!wasCancelled) this.noteLoss(operation);
        return;
      } catch (error) {
        if (!(error instanceof DatabaseUnavailableError) || held.claimSignal.aborted) throw error;
        await sleep(backoffMs(attempt, RECORD_RETRY), held.claimSignal);
      }
    }
  }

  private announce({ id, type }: ClaimedOperation, result: Result): void {
    this.ports.metrics.countOperation(type, result);
    // A postponed deletion is announced too, so that waiting requests return with the reason.
    if (result !== 'postponed' || traitsOf(type).isPersistent) this.ports.signals.finished(id);
  }

  /** Returns whether the operation had been cancelled; otherwise another worker has it. */
  private async acknowledgeCancel(operation: ClaimedOperation): Promise<boolean> {
    const { wasCancelled, madeDue } = await this.ports.queue.acknowledgeCancel(operation);
    if (wasCancelled) this.ports.metrics.countOperation(operation.type, 'cancelled');
    if (madeDue) this.ports.signals.enqueued();
    return wasCancelled;
  }

  /** Another worker has or had the operation, so this worker's result is discarded. */
  private noteLoss({ id: operationId, type }: ClaimedOperation): void {
    this.ports.metrics.countOperation(type, 'lost');
    this.logger.warn({ operationId, type }, 'the lease of an operation was lost');
  }
}

/** The engine did not react to the abort, so its state is unknown. */
class StillWorkingError extends Error {
  constructor() {
    super('the driver did not stop when it was cancelled');
  }
}

function timedOut(): Failure {
  return { code: OPERATION_ERRORS.operation_timeout.code, message: 'the operation timed out' };
}

/** Driver errors are shown to users; internal errors only go to the log. */
function failureOf(error: unknown): Failure {
  if (error instanceof DriverError)
    return { code: OPERATION_ERRORS.engine_failed.code, message: storable(error.message) };
  if (error instanceof AppError) return toFailure(error);
  return {
    code: SERVICE_ERRORS.internal_error.code,
    message: 'internal error; find it in the log by the operation id',
  };
}

function isRetryable(error: unknown): boolean {
  if (error instanceof DriverError) return error.retryable;
  return error instanceof DatabaseUnavailableError || error instanceof PlatformServiceError;
}

/** Returns the work's result, but rejects soon after the signal aborts, even if the work does not react to it. */
async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  const unresponsive = new Promise<never>((_, reject) => {
    const onAbort = (): void => {
      timer = setTimeout(() => reject(new StillWorkingError()), ABORT_GRACE_MS);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    stop = () => {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(timer);
    };
  });
  try {
    return await Promise.race([work, unresponsive]);
  } finally {
    stop();
  }
}
