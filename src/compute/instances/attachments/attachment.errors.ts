import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';
import { MAX_ATTACHMENTS } from './attachment';

export const ATTACHMENT_ERRORS = defineErrors({
  too_many_attachments: {
    status: 400,
    example: 'An instance has at most 32 volumes; detach one first',
    retryable: false,
    meaning: 'The instance has the maximum number of networks or volumes, `limit`.',
    remedy: 'Detach one first.',
  },
});

export class TooManyAttachmentsError extends AppError {
  constructor(kind: 'network' | 'volume') {
    super(ATTACHMENT_ERRORS.too_many_attachments, {
      message: `An instance has at most ${MAX_ATTACHMENTS} ${kind}s; detach one first`,
      extensions: { limit: MAX_ATTACHMENTS },
    });
  }
}
