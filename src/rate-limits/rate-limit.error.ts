import { AppError } from '../common/errors/app.error';

export class RateLimitedError extends AppError {
  constructor(limit: number, seconds: number) {
    super(
      'throttled',
      'rate_limited',
      `The tenant has made its ${limit} requests of this minute; go on in ${seconds} s`,
      { retryAfterSeconds: seconds },
    );
  }
}
