import { AppError } from '../../../platform/errors/app.error';
import { defineErrors } from '../../../platform/errors/define-errors';
import type { DriverError } from '../../../drivers';

export const ENGINE_ERRORS = defineErrors({
  engine_unavailable: {
    status: 503,
    example: 'The engine docker is unavailable (connect ECONNREFUSED); try again',
    retryable: true,
    meaning: 'The engine of the instance is unreachable or too slow. The instance itself may be healthy.',
    remedy: 'Repeat after `Retry-After`. `/health/ready` shows the state of the engines.',
  },
  wrong_replica: {
    status: 503,
    example:
      "The replica that got the request does not reach the instance's machine; if a gateway chooses the replica, a repeated request may reach the right one",
    retryable: true,
    meaning:
      'Console output, statistics and, without `REPLICA_URL`, sessions of a virtual machine are only available from the replica on its machine. Another one got the request, or the directory of that machine is not mounted.',
    remedy:
      'If a gateway balances over the replicas, repeat the request; otherwise send it to the replica on that machine. Operators: set `REPLICA_URL` for sessions; the log names the host, and `/health/ready` of its replica shows whether the directory is mounted.',
  },
  engine_refused: {
    status: 409,
    example: 'console failed: the log is kept elsewhere',
    retryable: false,
    meaning: 'The engine is reachable but cannot provide this data; `detail` contains its message.',
    remedy: 'Fix the cause in `detail`; otherwise the request will fail again.',
  },
  not_supported_by_engine: {
    status: 409,
    example: 'The engine tiny cannot pause instances',
    retryable: false,
    meaning:
      "The instance's engine lacks an ability that the request needs, which is refused in every status, or has it only for other images. Nothing was changed.",
    remedy:
      'Use an instance on an engine that can do it: `abilities` in `GET /instances/{id}` lists what the engine can do with an instance.',
  },
  console_unsupported: {
    status: 400,
    example: 'The driver simulated does not store console output',
    retryable: false,
    meaning: "The instance's driver does not store console output.",
    remedy: 'Send the output from inside the instance to a log service.',
  },
  stats_unsupported: {
    status: 400,
    example: 'The driver simulated does not measure its instances',
    retryable: false,
    meaning: "The instance's driver does not measure resource usage.",
    remedy: 'Measure inside the instance.',
  },
});

const AWAY_SECONDS = 5;

/** The engine is unreachable at the moment. */
export class EngineUnavailableError extends AppError {
  constructor(kind: string, reason: string, cause?: unknown) {
    super(ENGINE_ERRORS.engine_unavailable, {
      message: `The engine ${kind} is unavailable (${reason}); try again`,
      retryAfterSeconds: AWAY_SECONDS,
      cause,
    });
  }
}

/** This replica does not reach the host of the instance. */
export class WrongReplicaError extends AppError {
  constructor(cause: unknown) {
    super(ENGINE_ERRORS.wrong_replica, { cause });
  }
}

/** The engine is reachable but refuses; retrying does not help until something changes. */
export class EngineRefusedError extends AppError {
  constructor(what: string, cause: DriverError) {
    super(ENGINE_ERRORS.engine_refused, { message: `${what} failed: ${cause.message}`, cause });
  }
}

/** The engine lacks the ability that the action needs. */
export class NotSupportedByEngineError extends AppError {
  constructor(kind: string, action: string) {
    const message = `The engine ${kind} cannot ${action} instances`;
    super(ENGINE_ERRORS.not_supported_by_engine, { message });
  }
}

/** The engine can run commands in other instances, but not in this one. */
export class ExecUnsupportedError extends AppError {
  constructor(kind: string, why: string) {
    const message = `The engine ${kind} cannot run commands in this instance: ${why}`;
    super(ENGINE_ERRORS.not_supported_by_engine, { message });
  }
}

/** The engine cannot make this kind of readiness probe with the image of the instance. */
export class ProbeUnsupportedError extends AppError {
  constructor(engine: string, kind: string, kinds: readonly string[]) {
    const offered = kinds.length === 0 ? 'none' : kinds.join(', ');
    const message = `The engine ${engine} does not support ${kind} probes of this image; it supports: ${offered}`;
    super(ENGINE_ERRORS.not_supported_by_engine, { message });
  }
}

export class ConsoleUnsupportedError extends AppError {
  constructor(kind: string) {
    const message = `The driver ${kind} does not store console output`;
    super(ENGINE_ERRORS.console_unsupported, { message });
  }
}

export class StatsUnsupportedError extends AppError {
  constructor(kind: string) {
    const message = `The driver ${kind} does not measure its instances`;
    super(ENGINE_ERRORS.stats_unsupported, { message });
  }
}
