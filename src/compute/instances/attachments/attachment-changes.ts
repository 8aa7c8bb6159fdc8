import { Injectable } from '@nestjs/common';
import {
  PlatformServiceError,
  PlatformServiceRefusedError,
  ReferenceRefusedError,
} from '../../../integrations';
import { toFailure, type Outcome } from '../../operations';
import { Completions } from '../work/completions';
import { Failures } from '../work/failures';
import type { Work } from '../work/work';
import { attachmentIdOf } from './attachment-args';
import { AttachmentSteps } from './attachment-steps';

/** The work of an attach or detach. The engine is not called: its next call includes the new ids. */
@Injectable()
export class AttachmentChanges {
  constructor(
    private readonly attachments: AttachmentSteps,
    private readonly completions: Completions,
    private readonly failures: Failures,
  ) {}

  /**
   * Refusals and errors of a platform service are not retried, because the caller waits and can retry. A failed attach
   * is undone.
   */
  async perform(work: Work): Promise<Outcome> {
    const { operation, action, target, signal } = work;
    const attachmentId = attachmentIdOf(operation);
    const attachment = target.attachments.find(({ id }) => id === attachmentId);
    if (!attachment) return this.completions.succeeded(work, null);
    try {
      await this.attachments.inTurn(operation, signal, async () => {
        if (action === 'attach') await this.attachments.establish(operation, attachment, signal);
        else await this.attachments.release(operation, attachment, { as: 'detach', signal });
      });
      return this.completions.succeeded(work, null);
    } catch (error) {
      if (!isServiceError(error)) throw error;
      return { result: 'failed', record: () => this.failures.record(operation, toFailure(error), true) };
    }
  }
}

function isServiceError(
  error: unknown,
): error is PlatformServiceError | PlatformServiceRefusedError | ReferenceRefusedError {
  return (
    error instanceof PlatformServiceError ||
    error instanceof PlatformServiceRefusedError ||
    error instanceof ReferenceRefusedError
  );
}
