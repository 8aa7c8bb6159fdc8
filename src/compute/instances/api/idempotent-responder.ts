import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { DryRunUnsupportedError } from '../../../platform/http/requests/dry-run';
import { sendResult, type HttpResult } from '../../../platform/http/responses/http-result';
import { OperationsConfig } from '../../operations/operations.config';
import {
  IdempotencyKeyInUseError,
  IdempotentRequests,
  type EarlierRequest,
} from '../../../access/idempotency';
import { OperationsService } from '../../operations';
import { instancePath } from '../instance';
import { InstanceActions, type Caller } from '../actions/instance-actions';
import { deletionResponse, instanceResponse, operationHeader } from './instance.response';
import { accessible } from '../instances.service';
import { InstancesRepository } from '../store/instances.repository';

/** How long past its wait a request may take before its replica must have crashed. */
const GRACE_MS = 5000;

export interface ChangeRequest {
  readonly make: () => Promise<HttpResult>;
  /** Whether the change itself stores the complete response. */
  readonly isKeptByChange?: boolean;
  /** Dry run of `make`; absent if not supported. */
  readonly dryRun?: () => Promise<HttpResult>;
}

/** Answers requests that change instances. Repeats with the same key get the response of the first request. */
@Injectable()
export class IdempotentResponder {
  constructor(
    private readonly config: OperationsConfig,
    private readonly idempotency: IdempotentRequests,
    private readonly operations: OperationsService,
    private readonly actions: InstanceActions,
    private readonly instances: InstancesRepository,
  ) {}

  async answer(response: Response, caller: Caller, handling: ChangeRequest): Promise<void> {
    if (caller.isDryRun) return this.dryRun(response, handling);
    const { make, isKeptByChange = false } = handling;
    const { tenantId, key, waitMs } = caller;
    const answer = await this.idempotency.answer({
      tenantId,
      key,
      isKeptByChange,
      make,
      resume: (earlier) => this.resume(caller, earlier),
      replaying: () => response.setHeader('Idempotency-Replayed', 'true'),
    });
    const isFollowed = answer.headers['Operation-Location'] !== undefined;
    if (waitMs !== null && isFollowed) response.setHeader('Preference-Applied', `wait=${waitMs / 1000}`);
    sendResult(response, answer);
  }

  /** Refuses if a dry run is not supported, instead of making the change. */
  private async dryRun(response: Response, { dryRun }: ChangeRequest): Promise<void> {
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
    caller: Caller,
    { operationId, instanceId, ageMs }: EarlierRequest,
  ): Promise<HttpResult> {
    const { tenantId } = caller;
    if (operationId === null || instanceId === null) {
      throw new Error('a change without an operation must store its response');
    }
    const { type, finishedAt } = await this.operations.get(tenantId, operationId);
    const isPerhapsWaiting = ageMs < this.config.powerWaitMs + GRACE_MS;
    if (finishedAt === null && isPerhapsWaiting) throw new IdempotencyKeyInUseError(operationId);
    const headers = operationHeader(operationId);
    if (type === 'create' || type === 'restart') {
      await this.actions.hasEnded(tenantId, operationId, caller);
      const instance = accessible(await this.instances.find(tenantId, instanceId));
      if (type === 'restart') return instanceResponse(instance, { headers });
      return instanceResponse(instance, {
        status: 201,
        headers: { Location: instancePath(instanceId), ...headers },
      });
    }
    const isDone = await this.actions.hasSucceeded(tenantId, operationId, caller);
    const instance = await this.instances.find(tenantId, instanceId);
    if (type === 'delete' && instance === undefined)
      return deletionResponse({ operationId, remaining: null });
    return instanceResponse(accessible(instance), { status: isDone ? 200 : 202, headers });
  }
}
