import { Logger } from '@nestjs/common';
import { isRecord } from '../../../platform/values/records';
import { isLeaseLost } from '../../port/driver-call';
import type { DockerEngine } from '../engine/docker.engine';

/** Reading and storing the files of a container takes as long as it takes; its operation has a time limit. */
const LONGEST_COMMIT_MS = 24 * 3_600_000;
const REMOVAL_MS = 60_000;

interface Commit {
  readonly engine: DockerEngine;
  readonly containerId: string;
  /** Labels of the image, as instructions of a Dockerfile. */
  readonly labels: string;
  readonly signal: AbortSignal;
  /** Removes an image that is finished after the abort. */
  readonly discard: (imageId: string, signal: AbortSignal) => Promise<void>;
}

/** Makes an image of the files of a container, which is paused meanwhile. @returns its id */
export async function commitContainer(commit: Commit): Promise<string> {
  const { engine, containerId, labels: changes, signal } = commit;
  const { product } = await engine.facts(signal);
  const container = await engine.container(containerId);
  signal.throwIfAborted();
  const disconnecting = new AbortController();
  const committing = engine
    .ask(
      (options) => {
        // Podman requires a body, and dockerode leaves out an empty one.
        const order = { _query: { container: containerId, pause: true, changes }, _body: { Labels: {} } };
        return container.commit({ ...options, ...order });
      },
      disconnecting.signal,
      LONGEST_COMMIT_MS,
    )
    .then(idIn);
  try {
    return await engine.ask(() => committing, signal, LONGEST_COMMIT_MS);
  } catch (error) {
    // Docker finishes the image regardless of the connection; Podman ends the work.
    if (product === 'podman' || isLeaseLost(signal)) disconnecting.abort(signal.reason);
    else if (signal.aborted) void discardLate(committing, commit);
    throw error;
  }
}

async function discardLate(committing: Promise<string>, { discard }: Commit): Promise<void> {
  try {
    await discard(await committing, AbortSignal.timeout(REMOVAL_MS));
  } catch (error) {
    new Logger('DockerDriver').warn({ err: error }, 'failed to remove the image of a cancelled snapshot');
  }
}

function idIn(answer: unknown): string {
  const id = isRecord(answer) ? answer['Id'] : undefined;
  if (typeof id !== 'string') throw new Error('the engine sent no image id');
  // Podman leaves out the algorithm.
  return `sha256:${id.replace('sha256:', '')}`;
}
