import { only } from './given';
import { ProblemError, unwrap } from './problem';
import type { Routes } from './routes';
import type { CallOptions, Instance, InstanceStatus } from './types';

/** What can be waited for. `deleted`: it is gone. `settled`: no operation is in progress. */
export type WaitGoal = InstanceStatus | 'deleted' | 'settled';

export interface WaitOptions extends CallOptions {
  /** Total time, by default 300 seconds. */
  readonly timeoutSeconds?: number | undefined;
}

/** The awaited status was not reached in time; the service continues to work on it. */
export class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';

  constructor(
    readonly instanceId: string,
    readonly goal: WaitGoal,
    /** Last known status. */
    readonly currentStatus: string | undefined,
  ) {
    super(`Instance ${instanceId} did not become ${goal} in time; the service continues to work on it`);
  }
}

const TIMEOUT_SECONDS = 300;
/** How long one call waits; gateways cut connections that are silent for longer. */
const CALL_SECONDS = 30;

/**
 * Waits with repeated calls until the instance reaches the goal; undefined if it is gone.
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
  for (;;) {
    const left = Math.ceil((deadline - performance.now()) / 1000);
    if (left <= 0) throw new WaitTimeoutError(id, goal, currentStatus);
    const query = { status: goal, timeoutSeconds: Math.min(left, CALL_SECONDS) };
    const params = { path: { id }, query };
    try {
      return await unwrap(routes.GET('/api/v1/compute/instances/{id}/wait', { params, ...only({ signal }) }));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'wait_timeout') throw error;
      const { currentStatus: reported } = error.problem;
      currentStatus = typeof reported === 'string' ? reported : undefined;
    }
  }
}
