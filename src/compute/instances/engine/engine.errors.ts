import { AppError } from '../../../platform/errors/app.error';
import type { DriverError } from '../../../drivers';

const AWAY_SECONDS = 5;

/** Codes of the problems that any request to an engine can end with. */
export const ENGINE_QUERY_PROBLEMS = [
  'engine_unavailable',
  'engine_refused',
  'too_many_waits',
  'too_many_unread_answers',
] as const;

/** The engine is unreachable at the moment. */
export class EngineUnavailableError extends AppError {
  constructor(kind: string, reason: string, cause?: unknown) {
    super('unavailable', 'engine_unavailable', `The engine ${kind} is unavailable (${reason}); try again`, {
      retryAfterSeconds: AWAY_SECONDS,
      cause,
    });
  }
}

/** The engine is reachable but refuses; retrying does not help until something changes. */
export class EngineRefusedError extends AppError {
  constructor(what: string, cause: DriverError) {
    super('conflict', 'engine_refused', `${what} failed: ${cause.message}`, { cause });
  }
}

export class ConsoleUnsupportedError extends AppError {
  constructor(kind: string) {
    super('unsupported', 'console_unsupported', `The driver ${kind} does not store console output`);
  }
}

export class StatsUnsupportedError extends AppError {
  constructor(kind: string) {
    super('unsupported', 'stats_unsupported', `The driver ${kind} does not measure its instances`);
  }
}
