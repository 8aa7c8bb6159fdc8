import { AppError } from '../platform/errors/app.error';
import { defineErrors } from '../platform/errors/define-errors';

export const HEALTH_ERRORS = defineErrors({
  not_ready: {
    status: 503,
    example: 'Not ready: database down',
    retryable: true,
    meaning: 'This replica cannot serve requests; `checks` contains the cause.',
    remedy: 'Send requests to another replica. Operators: fix the failed checks.',
  },
});

export class NotReadyError extends AppError {
  constructor(checks: Readonly<Record<string, unknown>>, down: readonly string[]) {
    super(HEALTH_ERRORS.not_ready, {
      message: `Not ready: ${down.join(', ')} down`,
      extensions: { checks },
    });
  }
}
