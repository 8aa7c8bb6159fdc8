import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { sendResult, type HttpResult } from '../../../platform/http/responses/http-result';
import { OperationsConfig } from '../../operations/operations.config';
import {
  IdempotencyKeyInUseError,
  IdempotentRequests,
  type EarlierRequest,
  type HeadOf,
} from '../../../access/idempotency';
import { DryRunUnsupportedError } from '../../../platform/http/http.errors';
import { OperationsService, traitsOf, type Operation } from '../../operations';
import type { ChangeRequest } from '../actions/change-request';
import { InstanceActions } from '../actions/instance-actions';
import { presentAction, presentCreation, presentDeletion } from './instance-presenter';
import { accessible } from '../instances.service';
import { InstancesRepository } from '../store/instances.repository';

/** How long past its wait a request may take before its replica must have crashed. */
const GRACE_MS = 5000;

/** A change whose request got no response. */
export interface ResumedChange {
  readonly operation: Operation;
  /** Whether the operation ended while the request waited. */
  readonly isDone: boolean;
}

export interface Handling {
  readonly make: (change: ChangeRequest) => Promise<HttpResult>;
  /** Head of the response, if it does not depend on the outcome of the operation: then the change stores the response. */
  readonly headOf?: HeadOf | undefined;
  /** Whether requests without a change store their response as well. */
  readonly mayChangeNothing?: boolean;
  /** The response that the first request did not live to send; by default, that of a change of an instance. */
  readonly resumed?: (change: ResumedChange) => Promise<HttpResult>;
  /** Dry run of `make`; absent if not supported. */
  readonly dryRun?: () => Promise<HttpResult>;
}

/** Answers requests that change instances and snapshots. Repeats with the same key get the response of the first request. */
@Injectable()
export class ChangeResponder {
  constructor(
    private readonly config: OperationsConfig,
    private readonly idempotency: IdempotentRequests,
    private readonly operations: OperationsService,
    private readonly actions: InstanceActions,
    private readonly instances: InstancesRepository,
  ) {}

  async answer(response: Response, change: ChangeRequest, handling: Handling): Promise<void> {
    if (change.isDryRun) return this.dryRun(response, handling);
    const { make, headOf, mayChangeNothing = false } = handling;
    const { caller, waitMs } = change;
    const key = change.key && headOf ? { ...change.key, headOf } : change.key;
    const answer = await this.idempotency.answer({
      tenantId: caller.tenantId,
      key,
      isKeptByChange: headOf !== undefined && !mayChangeNothing,
      make: () => make({ ...change, key }),
      resume: (earlier) => this.resume(change, earlier, handling),
      replaying: () => response.setHeader('Idempotency-Replayed', 'true'),
    });
    const isFollowed = answer.headers['Operation-Location'] !== undefined;
    if (waitMs !== null && isFollowed) response.setHeader('Preference-Applied', `wait=${waitMs / 1000}`);
    sendResult(response, answer);
  }

  /** Refuses if a dry run is not supported, instead of making the change. */
  private async dryRun(response: Response, { dryRun }: Handling): Promise<void> {
    if (!dryRun) throw new DryRunUnsupportedError();
    const answer = await dryRun();
    response.setHeader('Preference-Applied', 'dry-run');
    sendResult(response, answer);
  }

  /**
   * Recreates the response that the first request did not live to send.
   * @throws {IdempotencyKeyInUseError} if that request may still be waiting for the outcome.
   * @throws {OperationFailedError | OperationSupersededError} if the operation failed or was cancelled.
   */
  private async resume(
    change: ChangeRequest,
    { operationId, ageMs }: EarlierRequest,
    { resumed }: Handling,
  ): Promise<HttpResult> {
    const { tenantId } = change.caller;
    if (operationId === null) throw new Error('a change without an operation must store its response');
    const operation = await this.operations.get(tenantId, operationId);
    const { type, finishedAt, resourceId: instanceId } = operation;
    const isPerhapsWaiting = ageMs < this.config.powerWaitMs + GRACE_MS;
    if (finishedAt === null && isPerhapsWaiting) throw new IdempotencyKeyInUseError(operationId);
    const { isBackground } = traitsOf(type);
    const isDone = isBackground
      ? await this.actions.hasEnded(operationId, change)
      : await this.actions.hasSucceeded(operationId, change);
    if (resumed) return resumed({ operation, isDone });
    const found = await this.instances.find(tenantId, instanceId, { includesDeleted: type === 'delete' });
    const isDeletion = type === 'delete' || type === 'retain';
    if (isDeletion && found === undefined) return presentDeletion({ operationId, remaining: null });
    const instance = accessible(found);
    if (type === 'create') return presentCreation({ kind: 'one', instance, instanceId, operationId });
    return presentAction({ instance, operationId, isDone: isDone || isBackground });
  }
}
