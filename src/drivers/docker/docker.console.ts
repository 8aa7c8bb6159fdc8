import type { Readable } from 'node:stream';
import { DriverError } from '../port/driver-call';
import type { DockerEngine } from './engine/docker.engine';
import { isAbsent, refused, toDriverError } from './engine/docker.errors';
import { LogLines } from './engine/docker.log-lines';

export interface ConsoleOptions {
  readonly lines: number;
  readonly isFollowing: boolean;
  /** Leaves out what was printed before, in Unix seconds. */
  readonly since?: number;
}

/** Yields lines of a container's standard output and error as they arrive. */
export async function* consoleLines(
  engine: DockerEngine,
  { containerId, lines, isFollowing, since }: ConsoleOptions & { readonly containerId: string },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const query = {
    ...{ stdout: 'true', stderr: 'true', follow: String(isFollowing), tail: String(lines) },
    ...(since !== undefined && { since: String(since) }),
  };
  const path = `/containers/${containerId}/logs`;
  const stream = await engine.stream({ method: 'GET', path, query }, signal).catch((error: unknown) => {
    if (isAbsent(error)) throw refused('The container of this instance does not exist', error);
    throw toDriverError('read the log', error);
  });
  const parser = new LogLines();
  try {
    for await (const chunk of chunksOf(stream)) yield* parser.take(chunk);
    yield* parser.rest();
  } catch (error) {
    if (signal.aborted) return;
    throw toDriverError('read the log', error);
  } finally {
    // Also if the reader stops early; otherwise the engine would keep sending.
    stream.destroy();
  }
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new DriverError('The log is not a byte stream', { retryable: false });
    yield chunk;
  }
}
