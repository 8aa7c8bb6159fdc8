import { AppError } from '../../platform/errors/app.error';

export class RateLimitedError extends AppError {
  constructor(limit: number, seconds: number) {
    super(
      'throttled',
      'rate_limited',
      `The tenant has reached its limit of ${limit} requests per minute; try again in ${seconds} s`,
      { retryAfterSeconds: seconds },
    );
  }
}
