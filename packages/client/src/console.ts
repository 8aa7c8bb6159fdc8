import { checkPathParameter, type ClientOptions } from './connection';
import { ConsoleOverlap, linesAfter } from './console-overlap';
import { EventStreamError, type StreamMessage } from './event-stream';
import { openStream } from './open-stream';
import { ProblemError, unwrap } from './problem';
import { notify, reconnecting, type ReconnectOptions, type StreamSource } from './reconnect';
import { routesOf } from './routes';

export interface FollowConsoleOptions extends ReconnectOptions {
  /** Number of last lines to start with, 1 to 1000, by default 100. */
  readonly lines?: number | undefined;
  /** Called if lines may be missing after a reconnect. */
  readonly onGap?: (() => void) | undefined;
}

/** Maximum number of lines that the service resends. */
const MAX_LINES = 1000;
/** Minimum number of lines to request after a reconnect: room for lines printed between its two requests. */
const MIN_RESENT = 100;

/**
 * The last lines of an instance's console, then new lines, until the guest ends, the instance is deleted or the signal
 * aborts. If the connection ends before that, it reconnects and continues after the last line: the service limits the
 * duration of each stream.
 * @throws {ProblemError} if the service refuses permanently
 * @throws {EventStreamError} if the engine failed
 * @throws any error of `fetch` and any {ProblemError} if the first connection fails
 */
export async function* followConsole(
  options: ClientOptions,
  instanceId: string,
  { lines = 100, onGap, ...reconnect }: FollowConsoleOptions = {},
): AsyncGenerator<string, void, undefined> {
  checkPathParameter('id', instanceId);
  const source = new ConsoleSource(options, instanceId, { lines, onGap });
  try {
    yield* reconnecting(reconnect, source);
  } catch (error) {
    if (!source.hasBegun || !isDeleted(error)) throw error;
  }
}

class ConsoleSource implements StreamSource<string> {
  /** Whether a connection was made. */
  hasBegun = false;
  private readonly received: string[] = [];
  /** The console's last lines, read before each reconnect. */
  private resent: readonly string[] | undefined;

  constructor(
    private readonly options: ClientOptions,
    private readonly instanceId: string,
    private readonly begin: { readonly lines: number; readonly onGap: (() => void) | undefined },
  ) {}

  async open(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    if (this.hasBegun) this.resent = await this.lastLines(signal);
    const lines = this.resent ? Math.max(this.resent.length, MIN_RESENT) : this.begin.lines;
    const path = `/instances/${encodeURIComponent(this.instanceId)}/console?follow=true&lines=${lines}`;
    const bytes = await openStream(this.options, path, { signal });
    this.hasBegun = true;
    return bytes;
  }

  async *read(messages: AsyncIterable<StreamMessage>): AsyncGenerator<string, boolean> {
    let isGap = false;
    if (this.resent) {
      const missed = linesAfter(this.received, this.resent);
      isGap = missed === undefined;
      if (isGap) notify(this.begin.onGap);
      yield* this.take(missed ?? this.resent);
    }
    const overlap = new ConsoleOverlap(this.resent ?? []);
    for await (const { event, data } of messages) {
      if (event === 'end') return true;
      if (event === 'failed') throw new EventStreamError(`the console stream failed: ${data}`);
      if (event !== 'line') continue;
      const lines = overlap.take(data);
      if (overlap.isGap && !isGap) notify(this.begin.onGap);
      isGap ||= overlap.isGap;
      yield* this.take(lines);
    }
    return false;
  }

  private *take(lines: readonly string[]): Generator<string> {
    for (const line of lines) {
      this.received.push(line);
      if (this.received.length > MAX_LINES) this.received.shift();
      yield line;
    }
  }

  private async lastLines(signal: AbortSignal): Promise<readonly string[]> {
    const call = routesOf(this.options).GET('/api/v1/compute/instances/{id}/console', {
      params: { path: { id: this.instanceId }, query: { lines: MAX_LINES } },
      signal,
    });
    const answer = await unwrap(call);
    if (typeof answer === 'string') throw new EventStreamError('the service sent a stream instead of lines');
    return answer.lines;
  }
}

function isDeleted(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'instance_not_found';
}
