import { CommanderError } from 'commander';
import {
  InvalidPathParameterError,
  isConnectionError,
  ProblemError,
  SessionError,
  WaitTimeoutError,
  type Problem,
} from 'uim-compute-client';
import type { Format } from './output/result';
import { jsonText, visible } from './output/sanitize';
import type { Terminal } from './output/terminal';

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
  /** Undefined if it was already printed. */
  readonly message?: string;
  readonly hint?: string;
  /** What a report about it must contain. */
  readonly reference?: string;
  /** Stable name of the failure, as in the service's problem documents. */
  readonly code: string;
  readonly problem?: Problem;
}

/** The command line is invalid. */
export class UsageError extends Error {}

/** Nothing matches what the user named. */
export class NotFoundError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** A snapshot was not taken, or not in time. */
export class SnapshotFailedError extends Error {
  readonly exitCode: number;

  constructor(status: string, reason: string | null) {
    super(status === 'error' ? (reason ?? 'the snapshot failed') : `the snapshot is still ${status}`);
    this.exitCode = status === 'error' ? EXIT.refused : EXIT.timeout;
  }
}

/** A command failed for some of its instances, and has printed why. */
export class SeveralFailedError extends Error {
  constructor(readonly exitCode: number = EXIT.refused) {
    super('the command failed for some instances');
  }
}

/** A command in an instance has failed; it has printed why. */
export class GuestCommandFailedError extends Error {
  constructor(readonly exitCode: number) {
    super(`the command ended with exit code ${exitCode}`);
  }
}

interface FailureContext {
  readonly format: Format;
  /** The instance that the command failed for, if there were several. */
  readonly of?: string | undefined;
}

/** Prints a failure for people, or as JSON if the output is for programs. */
export function printFailure(terminal: Terminal, failure: Failure, { format, of }: FailureContext): void {
  const { message, hint, reference, code, problem, exitCode } = failure;
  if (message === undefined) return;
  if (format === 'json' || format === 'yaml') {
    terminal.printError(jsonText(problem ?? { code, detail: message, hint, exitCode }));
    return;
  }
  terminal.printError(visible(`error: ${of === undefined ? '' : `${of}: `}${message}`));
  for (const line of [hint, reference]) if (line !== undefined) terminal.printError(visible(line));
}

/** @param url base URL of the service, for hints */
export function failureOf(error: unknown, url: string): Failure {
  if (error instanceof ProblemError) return ofProblem(error, url);
  if (error instanceof SeveralFailedError) return { exitCode: error.exitCode, code: 'several_failed' };
  if (error instanceof GuestCommandFailedError) return { exitCode: error.exitCode, code: 'command_failed' };
  // Commander has already printed it; help and version are not failures.
  if (error instanceof CommanderError) {
    return { exitCode: error.exitCode === 0 ? EXIT.ok : EXIT.usage, code: 'usage' };
  }
  if (!(error instanceof Error)) return { exitCode: EXIT.refused, code: 'failed', message: String(error) };
  const { message } = error;
  if (error instanceof UsageError || error instanceof InvalidPathParameterError)
    return { exitCode: EXIT.usage, code: 'usage', message };
  if (error instanceof NotFoundError)
    return { exitCode: EXIT.notFound, code: 'not_found', message, hint: error.hint };
  if (error instanceof SnapshotFailedError)
    return { exitCode: error.exitCode, code: 'snapshot_failed', message };
  if (error instanceof WaitTimeoutError) {
    const hint = `To wait again: uim-compute wait ${error.instanceId} --for ${error.goal}`;
    return { exitCode: EXIT.timeout, code: 'wait_timeout', message, hint };
  }
  if (error instanceof SessionError)
    return { exitCode: exitCodeOfClose(error.closeCode), code: 'session_ended', message };
  if (error.name === 'TimeoutError')
    return { exitCode: EXIT.timeout, code: 'timeout', message: `${url} did not respond in time` };
  if (!isConnectionError(error)) return { exitCode: EXIT.refused, code: 'failed', message };
  return {
    exitCode: EXIT.unavailable,
    code: 'unreachable',
    message: `cannot reach ${url} (${causeOf(error)})`,
    hint: 'Check that the service is running there; set its address with --url, UIM_COMPUTE_URL or a context.',
  };
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
  return {
    exitCode: exitCodeOf(status, retryable),
    code,
    message: problem.detail,
    hint: hints.join(' '),
    reference: `(${code}, request ${requestId})`,
    problem,
  };
}

function exitCodeOf(status: number, retryable: boolean): number {
  if (status === 404) return EXIT.notFound;
  if (status === 408) return EXIT.timeout;
  return retryable ? EXIT.unavailable : EXIT.refused;
}

/** A lost connection (1006) and a replica that shuts down (1012) are no refusals. */
function exitCodeOfClose(code: number): number {
  return code === 1006 || code === 1012 ? EXIT.unavailable : EXIT.refused;
}

/** A hint. */
export const LIST_SNAPSHOTS = 'To list snapshots: uim-compute snapshot list.';

/** Hints that name a command or option of this tool, by error code. */
const ADVICE: ReadonlyMap<string, string> = new Map([
  [
    'tenant_required',
    'Pass --tenant, set UIM_COMPUTE_TENANT, or save it: uim-compute context set <name> --tenant <tenant>.',
  ],
  [
    'token_required',
    'Pass --token, set UIM_COMPUTE_TOKEN, or save it: uim-compute context set <name> --token <token>.',
  ],
  ['token_invalid', 'Get a new token, and pass it with --token or UIM_COMPUTE_TOKEN.'],
  ['gateway_token_required', 'Connect to the gateway with --url, or pass --gateway-token.'],
  ['operator_required', 'Pass the token of an operator with --token or UIM_COMPUTE_TOKEN.'],
  ['instance_running', 'Stop it first, or pass --force.'],
  ['instance_not_found', 'To list instances: uim-compute list.'],
  ['snapshot_not_found', LIST_SNAPSHOTS],
  ['image_required', 'Pass --image. To list images: uim-compute images.'],
  ['image_not_found', 'To list images: uim-compute images.'],
  ['unknown_image', 'To list images: uim-compute images.'],
  ['operation_not_found', 'To list operations: uim-compute operations.'],
  ['webhook_not_found', 'To list webhooks: uim-compute webhooks.'],
  ['webhook_delivery_not_found', 'To list deliveries: uim-compute webhooks deliveries <webhook>.'],
  ['deletion_protected', 'Disable it with: uim-compute update <id> --no-protect.'],
  ['quota_exceeded', 'To see limits and usage: uim-compute quotas.'],
  [
    'insufficient_capacity',
    'Wait until other instances are deleted; to see free capacity: uim-compute capacity.',
  ],
  ['rate_limited', 'To follow progress, pass --wait, or run: uim-compute events --follow.'],
  ['idempotency_key_reused', 'Use another --idempotency-key, or repeat the command exactly as before.'],
  [
    'access_denied',
    'It belongs to another tenant; pass --tenant. Operators see whose: uim-compute list --all-tenants.',
  ],
  [
    'instance_failed',
    'Fix the cause and rebuild it; if its creation has failed, delete it and create it again.',
  ],
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
  else if (currentStatus === 'error')
    yield 'It has failed: fix the cause and rebuild it; if its creation has failed, delete it and create it again.';
  else if (typeof currentStatus === 'string' && isTexts(acceptedStatuses)) {
    yield `Its status is ${currentStatus}; it must be ${acceptedStatuses.join(' or ')}.`;
  }
  // A single invalid member is already named in `detail`.
  const fields = fieldsOf(problem.errors);
  if (fields.length > 1) yield `Correct ${fields.join(', ')}.`;
  if (typeof operationId === 'string') yield `Its operation: uim-compute operations ${operationId}.`;
}

/** The id of the instance in the request path. */
function instanceOf({ instance }: Problem): string {
  return /\/instances\/([^/]+)/.exec(instance)?.[1] ?? '<id>';
}

/** Tolerates what is not an array of fields: the response may come from another program. */
function fieldsOf(errors: unknown): readonly string[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'field' in each ? [String(each.field)] : [],
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
