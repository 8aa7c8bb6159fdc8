import { AppError } from '../common/errors/app.error';
import type { DriverError } from '../drivers';

const AWAY_SECONDS = 5;

/** The engine cannot be asked just now. */
export class EngineUnavailableError extends AppError {
  constructor(kind: string, reason: string, cause?: unknown) {
    super('unavailable', 'engine_unavailable', `The engine ${kind} is not available (${reason}); try again`, {
      retryAfterSeconds: AWAY_SECONDS,
      cause,
    });
  }
}

/** It answers, and does not do this. */
export class EngineFailedError extends AppError {
  constructor(what: string, cause: DriverError) {
    super('unavailable', 'engine_failed', `${what} failed: ${cause.message}`, {
      retryAfterSeconds: AWAY_SECONDS,
      cause,
    });
  }
}

export class ConsoleUnsupportedError extends AppError {
  constructor(kind: string) {
    super(
      'unsupported',
      'console_unsupported',
      `The driver ${kind} keeps nothing of what its instances print`,
    );
  }
}

export class StatsUnsupportedError extends AppError {
  constructor(kind: string) {
    super('unsupported', 'stats_unsupported', `The driver ${kind} does not measure its instances`);
  }
}
