import { setTimeout as delay } from 'node:timers/promises';
import type { Instance, WaitGoal } from 'uim-compute-client';
import type { Reference } from './references';
import type { Session } from './session';

const REFRESH_MS = 1000;

export interface Wait {
  readonly goal: WaitGoal;
  /** Value of `performance.now()` at which the wait fails. */
  readonly deadline: number;
}

/**
 * Waits until the instance reaches the goal, and shows what the service is doing; undefined if it is gone.
 * @throws {WaitTimeoutError | ProblemError}
 */
export async function waitFor(
  session: Session,
  { id, name }: Reference,
  { goal, deadline }: Wait,
): Promise<Instance | undefined> {
  const { client, signal, context } = session;
  context.interruptNote = `The service continues to work on it. To wait again: uim-compute wait ${id} --for ${goal}`;
  const stop = new AbortController();
  const progress = showProgress(
    session,
    { id, name },
    { goal, signal: AbortSignal.any([signal, stop.signal]) },
  );
  try {
    const timeoutSeconds = Math.max((deadline - performance.now()) / 1000, 0);
    return await client.waitFor(id, goal, { timeoutSeconds, signal });
  } finally {
    stop.abort();
    await progress;
    session.terminal.endProgress();
  }
}

/** Refreshes the progress line every second while somebody watches it; waiting itself needs no repeated requests. */
async function showProgress(
  { client, terminal }: Session,
  { id, name }: Reference,
  { goal, signal }: { readonly goal: WaitGoal; readonly signal: AbortSignal },
): Promise<void> {
  if (!terminal.isInteractive) return;
  terminal.progress(`${name}: waiting until it is ${goal}`);
  try {
    for (;;) {
      await delay(REFRESH_MS, undefined, { signal });
      const [{ status, statusReason }, latest] = await Promise.all([
        client.get(id, { signal }),
        client.operations({ instanceId: id }, { signal, pageSize: 1 }).next(),
      ]);
      const detail = (latest.done === true ? null : latest.value.progress) ?? statusReason;
      terminal.progress(`${name}: ${status}${detail === null ? '' : `, ${detail}`}`);
    }
  } catch {
    // The wait has ended, or reports the failure itself.
  }
}
