import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const RATE_LIMIT_ERRORS = defineErrors({
  rate_limited: {
    status: 429,
    example: 'The tenant has reached its limit of 600 requests per minute; try again in 12 s',
    retryable: true,
    meaning:
      'The tenant has reached its request limit; `RateLimit-Reset` and `Retry-After` contain the seconds until it is renewed.',
    remedy:
      'Repeat after `Retry-After`. To follow changes, use `/wait` or `/events` instead of polling: each costs one request.',
  },
});

export class RateLimitedError extends AppError {
  constructor(limit: number, seconds: number) {
    super(RATE_LIMIT_ERRORS.rate_limited, {
      message: `The tenant has reached its limit of ${limit} requests per minute; try again in ${seconds} s`,
      retryAfterSeconds: seconds,
    });
  }
}
