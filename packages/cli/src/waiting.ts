import { unwrap, ProblemError, type Instance, type InstanceStatus } from 'uim-compute-client';
import { WaitTimeoutError } from './failures';
import type { Session } from './session';

/** How long one call waits; gateways cut connections that are silent for longer. */
const CALL_SECONDS = 30;

export interface Wait {
  readonly id: string;
  readonly name: string;
  readonly status: InstanceStatus | 'deleted';
  /** Value of `performance.now()` at which the wait fails. */
  readonly deadline: number;
}

/**
 * Waits with repeated calls until the instance has a status; undefined if it is gone.
 * @throws {WaitTimeoutError | ProblemError}
 */
export async function waitFor({ client, terminal }: Session, wait: Wait): Promise<Instance | undefined> {
  const { id, name, status, deadline } = wait;
  terminal.progress(`waiting until ${name} is ${status}`);
  try {
    for (;;) {
      const left = Math.ceil((deadline - performance.now()) / 1000);
      if (left <= 0)
        throw new WaitTimeoutError(
          `${name} (${id}) did not become ${status} in time; the service continues to work on it`,
        );
      const query = { status, timeoutSeconds: Math.min(left, CALL_SECONDS) };
      const params = { path: { id }, query };
      try {
        return await unwrap(client.GET('/api/v1/compute/instances/{id}/wait', { params }));
      } catch (error) {
        if (!(error instanceof ProblemError) || error.status !== 408) throw error;
      }
    }
  } finally {
    terminal.endProgress();
  }
}
