import { AppError } from '../../platform/errors/app.error';

const USUAL_WAIT_SECONDS = 1;
const KEYS_WAIT_SECONDS = 600;

/** The key was used for another request. */
export class IdempotencyKeyReusedError extends AppError {
  constructor() {
    super(
      'unprocessable',
      'idempotency_key_reused',
      'This Idempotency-Key was used for another request; use a new one',
    );
  }
}

/** The tenant has reached the maximum number of stored keys. */
export class TooManyIdempotencyKeysError extends AppError {
  constructor(limit: number) {
    super(
      'throttled',
      'too_many_idempotency_keys',
      `The tenant has reached its limit of ${limit} stored Idempotency-Keys; repeat the request later with the same key`,
      { retryAfterSeconds: KEYS_WAIT_SECONDS },
    );
  }
}

/** The first request with the key is still in progress. */
export class IdempotencyKeyInUseError extends AppError {
  constructor(operationId: string) {
    super(
      'conflict',
      'idempotency_key_in_use',
      'The first request with this Idempotency-Key is still in progress; repeat this one later',
      { retryAfterSeconds: USUAL_WAIT_SECONDS, extensions: { operationId } },
    );
  }
}
