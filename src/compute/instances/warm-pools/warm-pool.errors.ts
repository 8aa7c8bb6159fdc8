import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';

export const WARM_POOL_ERRORS = defineErrors({
  warm_pool_not_found: {
    status: 404,
    example: 'Warm pool not found',
    retryable: false,
    meaning: 'No warm pool has this name.',
    remedy: '`GET /warm-pools` lists them. After a delete, this response means success.',
  },
  warm_pool_limit_exceeded: {
    status: 409,
    example: 'All warm pools together may keep 20 instances; the others keep 18, and 5 were requested',
    retryable: false,
    meaning:
      'The sizes of all warm pools together would exceed `WARM_POOL_MAX`; `limit` is its value, and `used` the sum of the other pools. Nothing was changed.',
    remedy: 'Request fewer, make other pools smaller, or raise `WARM_POOL_MAX`.',
  },
});

export class WarmPoolNotFoundError extends AppError {
  constructor() {
    super(WARM_POOL_ERRORS.warm_pool_not_found);
  }
}

export class WarmPoolLimitExceededError extends AppError {
  constructor(size: number, { used, limit }: { readonly used: number; readonly limit: number }) {
    super(WARM_POOL_ERRORS.warm_pool_limit_exceeded, {
      message: `All warm pools together may keep ${limit} instances; the others keep ${used}, and ${size} were requested`,
      extensions: { used, limit },
    });
  }
}
