import { CommanderError } from 'commander';
import { InvalidPathParameterError, ProblemError, type Problem } from 'uim-compute-client';
import { visible } from './terminal';

/** Exit codes for scripts; the help lists them, too. */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  unavailable: 4,
  timeout: 5,
  interrupted: 130,
} as const;

export interface Failure {
  readonly exitCode: number;
  /** Lines to print. */
  readonly lines: readonly string[];
  readonly problem?: Problem;
}

/** The awaited status was not reached in time. */
export class WaitTimeoutError extends Error {}

/** The command line is invalid. */
export class UsageError extends Error {}

export function failureOf(error: unknown, url: string): Failure {
  if (error instanceof ProblemError) return ofProblem(error, url);
  // Commander has already printed it; help and version are not failures.
  if (error instanceof CommanderError) {
    return { exitCode: error.exitCode === 0 ? EXIT.ok : EXIT.usage, lines: [] };
  }
  if (!(error instanceof Error)) return { exitCode: EXIT.refused, lines: [`error: ${String(error)}`] };
  if (error instanceof UsageError || error instanceof InvalidPathParameterError)
    return { exitCode: EXIT.usage, lines: [`error: ${error.message}`] };
  if (error instanceof WaitTimeoutError)
    return { exitCode: EXIT.timeout, lines: [`error: ${error.message}`] };
  if (error.name === 'TimeoutError') {
    return { exitCode: EXIT.timeout, lines: [`error: ${url} did not respond in time`] };
  }
  if (!isConnectionError(error)) return { exitCode: EXIT.refused, lines: [`error: ${error.message}`] };
  return {
    exitCode: EXIT.unavailable,
    lines: [
      `error: cannot reach ${url} (${causeOf(error)})`,
      'Check that the service is running there; set its address with --url or UIM_COMPUTE_URL.',
    ],
  };
}

/** Whether `fetch` failed without a response. */
export function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError && 'cause' in error;
}

function causeOf({ cause, message }: Error): string {
  if (!(cause instanceof Error)) return message;
  const code = 'code' in cause ? String(cause.code) : '';
  return code !== '' ? code : cause.message;
}

function ofProblem(
  { problem, status, code, requestId, retryAfterSeconds, retryable }: ProblemError,
  url: string,
): Failure {
  const hints = [...hintsOf(problem)];
  if (retryAfterSeconds !== undefined) hints.push(`Try again in ${retryAfterSeconds} s.`);
  if (hints.length === 0) hints.push(`See ${url}/api/errors#${code}.`);
  const lines = [`error: ${problem.detail}`, `${hints.join(' ')} (${code}, request ${requestId})`].map(
    visible,
  );
  return { exitCode: exitCodeOf(status, retryable), lines, problem };
}

function exitCodeOf(status: number, retryable: boolean): number {
  if (status === 404) return EXIT.notFound;
  if (status === 408) return EXIT.timeout;
  return retryable ? EXIT.unavailable : EXIT.refused;
}

/** Hints that name a command or option of this tool, by error code. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  ['instance_running', 'Stop it first, or pass --force.'],
  ['instance_not_found', 'To list instances: uim-compute list.'],
  ['image_required', 'Pass --image. To list images: uim-compute images.'],
  ['image_not_found', 'To list images: uim-compute images.'],
  ['operation_not_found', 'To list operations: uim-compute operations.'],
  ['deletion_protected', 'Disable it with: uim-compute update <id> --no-protect.'],
  ['quota_exceeded', 'To see limits and usage: uim-compute quotas.'],
  [
    'insufficient_capacity',
    'Wait until other instances are deleted; to see free capacity: uim-compute capacity.',
  ],
  ['rate_limited', 'To follow progress, pass --wait, or run: uim-compute events --follow.'],
  ['idempotency_key_reused', 'Use another --idempotency-key, or repeat the command exactly as before.'],
  ['instance_failed', 'Delete it, fix the cause, and create it again.'],
]);

function* hintsOf(problem: Problem): Generator<string> {
  const { currentStatus, acceptedStatuses, acceptedFlavors, fittingFlavors, operationId } = problem;
  if (isTexts(acceptedFlavors)) yield `Available flavors: ${acceptedFlavors.join(', ')}.`;
  if (isTexts(fittingFlavors)) {
    yield fittingFlavors.length === 0
      ? 'No flavor fits.'
      : `Flavors that would fit: ${fittingFlavors.join(', ')}.`;
  }
  const advice = ADVICE.get(problem.code);
  if (advice !== undefined) yield advice.replace('<id>', instanceOf(problem));
  else if (typeof currentStatus === 'string' && isTexts(acceptedStatuses)) {
    yield `Its status is ${currentStatus}; it must be ${acceptedStatuses.join(' or ')}.`;
  }
  // A single invalid member is already named in `detail`.
  if (problem.errors && problem.errors.length > 1) {
    yield `Correct ${problem.errors.map(({ field }) => field).join(', ')}.`;
  }
  if (typeof operationId === 'string') yield `Its operation: uim-compute operations ${operationId}.`;
}

/** The id of the instance in the request path. */
function instanceOf({ instance }: Problem): string {
  return /\/instances\/([^/]+)/.exec(instance)?.[1] ?? '<id>';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
