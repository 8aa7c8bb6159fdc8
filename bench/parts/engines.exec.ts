import WebSocket from 'ws';
import type { DockerEngine } from '../support/engines/docker-engine';
import type { Finding } from '../support/part';
import type { Series } from '../support/rounds';
import type { Service } from '../support/service';
import { medianOf, ratiosOf, ratioText } from '../support/statistics';

const GOAL_MS = 300;
const COMMAND = ['/bin/echo', 'hello'];
const PROTOCOL = 'v1.exec.uim-compute';
/** First byte of a message with standard output, see docs/sessions.md. */
const STDOUT = 1;

/** Resolves with the first output of a command in the instance. */
export async function execThrough({ url }: Service, instanceId: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/compute/instances/${instanceId}/console-sessions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ kind: 'exec', command: COMMAND }),
  });
  const session: unknown = await response.json();
  if (!hasUrl(session)) throw new Error(`the session answered ${JSON.stringify(session)}`);
  const socket = new WebSocket(session.url, PROTOCOL);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.on('message', (data: Buffer) => data[0] === STDOUT && resolve());
      socket.once('error', reject);
      socket.once('close', (code) =>
        reject(new Error(`the session was closed with ${code} before any output`)),
      );
    });
  } finally {
    socket.close();
  }
}

function hasUrl(answer: unknown): answer is { readonly url: string } {
  return typeof answer === 'object' && answer !== null && 'url' in answer && typeof answer.url === 'string';
}

/** The same at the engine. */
export async function execAt(docker: DockerEngine, container: string): Promise<void> {
  const made = await docker.call('POST', `/containers/${container}/exec`, {
    AttachStdout: true,
    Cmd: COMMAND,
  });
  const id = typeof made === 'object' && made !== null && 'Id' in made ? String(made.Id) : '';
  await docker.firstByte('POST', `/exec/${id}/start`, { Detach: false, Tty: false });
}

export function firstOutput(series: Series<number>): Finding {
  const [api, engine] = [series.of('api'), series.of('engine')];
  return {
    goal: 'a container, from the call to the first output of a command in it',
    wanted: `at most ${GOAL_MS} ms`,
    figure: `${medianOf(api).toFixed(0)} ms, Docker Engine alone ${medianOf(engine).toFixed(0)} ms (${ratioText(ratiosOf(api, engine))})`,
    isReached: medianOf(api) <= GOAL_MS,
    otherLoad: series.otherLoad,
    measured: { api, engine },
  };
}
