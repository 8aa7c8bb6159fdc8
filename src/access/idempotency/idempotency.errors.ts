import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const IDEMPOTENCY_ERRORS = defineErrors({
  idempotency_key_in_use: {
    status: 409,
    example: 'The first request with this Idempotency-Key is still in progress; repeat this one later',
    retryable: true,
    meaning:
      'The first request with this key is still in progress, and its outcome is unknown. `operationId` identifies the operation, if it has started.',
    remedy: 'Repeat the request with the same key after `Retry-After`, or wait for the operation.',
  },
  idempotency_key_reused: {
    status: 422,
    example: 'This Idempotency-Key was used for another request; use a new one',
    retryable: false,
    meaning:
      'A key identifies one request; the method, path, query or body of this one differs from the first.',
    remedy: 'Use a new key for a new request; repeat the first request unchanged to get its response.',
  },
  too_many_idempotency_keys: {
    status: 429,
    example:
      'The tenant has reached its limit of 100000 stored Idempotency-Keys; repeat the request later with the same key',
    retryable: true,
    meaning:
      'The response to each request with a key is stored for `IDEMPOTENCY_KEY_HOURS`, and the tenant has reached its limit of stored responses.',
    remedy:
      'Repeat the request later with the same key, or ask an operator to raise `QUOTA_IDEMPOTENCY_KEYS`. Only a request that was never sent before can safely be sent without a key.',
  },
  idempotency_key_unsupported: {
    status: 400,
    example: 'This request does not support Idempotency-Key; nothing was changed',
    retryable: false,
    meaning: 'The request has an `Idempotency-Key`, but its route does not support one.',
    remedy:
      'Send it without the header. Repeating the request is safe: it sets or removes the same thing again.',
  },
});

const KEYS_WAIT_SECONDS = 600;

/** The key was used for another request. */
export class IdempotencyKeyReusedError extends AppError {
  constructor() {
    super(IDEMPOTENCY_ERRORS.idempotency_key_reused);
  }
}

/** The tenant has reached the maximum number of stored keys. */
export class TooManyIdempotencyKeysError extends AppError {
  constructor(limit: number) {
    super(IDEMPOTENCY_ERRORS.too_many_idempotency_keys, {
      message: `The tenant has reached its limit of ${limit} stored Idempotency-Keys; repeat the request later with the same key`,
      retryAfterSeconds: KEYS_WAIT_SECONDS,
    });
  }
}

/** The first request with the key is still in progress. */
export class IdempotencyKeyInUseError extends AppError {
  constructor(operationId: string) {
    super(IDEMPOTENCY_ERRORS.idempotency_key_in_use, { extensions: { operationId } });
  }
}

/** The route stores no responses, so a repeated request would not be recognized. */
export class IdempotencyKeyUnsupportedError extends AppError {
  constructor() {
    super(IDEMPOTENCY_ERRORS.idempotency_key_unsupported);
  }
}
