import { delay } from './delay';
import { only } from './given';
import { isConnectionError } from './lost-responses';
import { ProblemError, unwrap } from './problem';
import type { Routes } from './routes';
import type { CallOptions, Instance, InstanceStatus } from './types';

/**
 * What can be waited for. `deleted`: it is gone. `settled`: no operation is in progress. `ready`: it runs, no operation is in
 * progress, and the guest is ready, if the instance has `readiness`.
 */
export type WaitGoal = InstanceStatus | 'deleted' | 'settled' | 'ready';

export interface WaitOptions extends CallOptions {
  /** Total time, by default 300 seconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** The awaited status was not reached in time; operations in progress continue. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';

  constructor(
    readonly instanceId: string,
    readonly goal: WaitGoal,
    /** Last known status. */
    readonly currentStatus: string | undefined,
  ) {
    const state = currentStatus === undefined ? '' : `; it is ${currentStatus}`;
    super(`Instance ${instanceId} did not become ${goal} in time${state}`);
  }
}

const TIMEOUT_SECONDS = 300;
/** How long one call waits, in seconds; gateways cut connections that are silent for longer. */
export const CALL_SECONDS = 30;

/**
 * Waits with repeated calls until the instance reaches the goal; undefined if it is gone. Continues after lost
 * connections and while the service is unavailable.
 * @throws {WaitTimeoutError}
 * @throws {ProblemError} `instance_failed` or `instance_deleted` if the goal cannot be reached
 */
export async function waitForInstance(
  routes: Routes,
  id: string,
  goal: WaitGoal,
  { timeoutSeconds = TIMEOUT_SECONDS, signal }: WaitOptions,
): Promise<Instance | undefined> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  let currentStatus: string | undefined;
  // At least one call: without it, the status that the error reports would be unknown.
  for (let isFirst = true; ; isFirst = false) {
    const left = Math.max(Math.ceil((deadline - performance.now()) / 1000), 0);
    if (left === 0 && !isFirst) throw new WaitTimeoutError(id, goal, currentStatus);
    const query = {
      ...(goal === 'ready' ? { ready: 'true' as const } : { status: goal }),
      timeoutSeconds: Math.min(left, CALL_SECONDS),
    };
    const params = { path: { id }, query };
    try {
      return await unwrap(routes.GET('/api/v1/compute/instances/{id}/wait', { params, ...only({ signal }) }));
    } catch (error) {
      if (!canContinue(error)) throw error;
      const reported = error instanceof ProblemError ? error.problem['currentStatus'] : undefined;
      if (typeof reported === 'string') currentStatus = reported;
      if (!isWaitTimeout(error)) await delay(pauseMs(error, deadline), signal);
    }
  }
}

/** Whether the same call can succeed later: a replica stops, or a gateway or the network fails for a while. */
function canContinue(error: unknown): boolean {
  return error instanceof ProblemError ? error.retryable || isWaitTimeout(error) : isConnectionError(error);
}

function isWaitTimeout(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'wait_timeout';
}

/** Not beyond the deadline, after which the wait has failed. */
function pauseMs(error: unknown, deadline: number): number {
  const seconds = error instanceof ProblemError ? (error.retryAfterSeconds ?? 1) : 1;
  return Math.max(Math.min(seconds * 1000, deadline - performance.now()), 0);
}
