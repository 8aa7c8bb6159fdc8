import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  LONGEST_DELAY_MS,
  OperationHandlers,
  OperationsQueue,
  type ClaimedOperation,
  type Failure,
  type OperationHandler,
  type Outcome,
  type Postponement,
} from '../../operations';
import { CompletionRepository } from '../work/completion.repository';
import { AttachmentSteps } from './attachment-steps';

/** Releases the leftovers of failed or forced operations; the instance itself may be gone. */
@Injectable()
export class Cleanup implements OperationHandler, OnModuleInit {
  constructor(
    private readonly handlers: OperationHandlers,
    private readonly queue: OperationsQueue,
    private readonly instances: CompletionRepository,
    private readonly attachments: AttachmentSteps,
  ) {}

  onModuleInit(): void {
    this.handlers.register('instance', ['cleanup'], this);
  }

  async execute(operation: ClaimedOperation, signal: AbortSignal): Promise<Outcome> {
    const attachments = await this.attachments.of(operation.resourceId);
    await this.attachments.inTurn(operation, signal, async () => {
      for (const attachment of attachments.toReversed()) {
        const isLeft = attachment.state === 'undoing' || attachment.state === 'releasing';
        if (isLeft) await this.attachments.giveUp(operation, attachment, signal);
      }
      const isGone = (await this.instances.target(operation)) === undefined;
      if (isGone) await this.attachments.detachAll(operation, signal);
    });
    return { result: 'succeeded', record: () => this.queue.end(operation, 'succeeded') };
  }

  /** No other operation would do this work, so it is retried until it succeeds. */
  fail(operation: ClaimedOperation, failure: Failure): Promise<boolean> {
    return this.queue.requeue(operation, { failure, delayMs: LONGEST_DELAY_MS, spentMs: 0 });
  }

  postpone(operation: ClaimedOperation, postponement: Postponement): Promise<boolean> {
    return this.queue.requeue(operation, postponement);
  }
}
