import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';
import type { Shortage } from './quota';

export const QUOTA_ERRORS = defineErrors({
  quota_exceeded: {
    status: 403,
    example: 'Quota exceeded: 4 vcpus requested, 6 of 8 in use',
    retryable: false,
    meaning: "The request would exceed the tenant's quota; see `resource`, `limit`, `used` and `requested`.",
    remedy:
      'Use one of `fittingFlavors`, delete instances or snapshots that you do not need, or ask an operator for a higher quota (`GET /quotas`).',
  },
  insufficient_capacity: {
    status: 409,
    example:
      'Insufficient capacity: 4 vcpus requested, 62 of 64 in use, 2 free; use one of small, medium, or try again when other instances are deleted',
    retryable: false,
    meaning:
      'The engine has no capacity for this flavor at the moment; see `resource`, `limit`, `used`, `free` and `requested`. If it lacks GPUs of the model that the flavor requires, `gpuModel` names the model.',
    remedy: 'Use one of `fittingFlavors`, or repeat the request when `GET /capacity` shows that it fits.',
  },
  retention_too_long: {
    status: 400,
    example: 'Deleted instances are retained for at most 30 days',
    retryable: false,
    meaning:
      'The request retains deleted instances for longer than the setting `RETAIN_MAX_DAYS` allows; `maxDays` is its value.',
    remedy: 'Use a shorter duration.',
  },
});

export class RetentionTooLongError extends AppError {
  constructor(maxDays: number) {
    super(QUOTA_ERRORS.retention_too_long, {
      message: `Deleted instances are retained for at most ${maxDays} days`,
      extensions: { maxDays },
    });
  }
}

/** The tenant's quota is used up; the document says which limit and lists the flavors that would fit. */
export class QuotaExceededError extends AppError {
  /** @param fittingFlavors absent if no flavor would help */
  constructor(shortage: Shortage, fittingFlavors?: readonly string[]) {
    super(QUOTA_ERRORS.quota_exceeded, {
      message: `Quota exceeded: ${describe(shortage)}`,
      extensions: { ...shortage, ...(fittingFlavors && { fittingFlavors }) },
    });
  }
}

/** The engine is full; the document names the resource, how much is free, and the flavors that would fit. */
export class InsufficientCapacityError extends AppError {
  constructor(shortage: Shortage, fittingFlavors: readonly string[]) {
    const free = Math.max(0, shortage.limit - shortage.used);
    const numbers = `${describe(shortage)}, ${free} free`;
    const advice =
      fittingFlavors.length > 0
        ? `use one of ${fittingFlavors.join(', ')}, or try again when other instances are deleted`
        : 'try again when other instances are deleted';
    super(QUOTA_ERRORS.insufficient_capacity, {
      message: `Insufficient capacity: ${numbers}; ${advice}`,
      extensions: { ...shortage, free, fittingFlavors },
    });
  }
}

function describe({ requested, resource, gpuModel, used, limit }: Shortage): string {
  const what = gpuModel === undefined ? resource : `${resource} of model ${gpuModel}`;
  return `${requested} ${what} requested, ${used} of ${limit} in use`;
}
