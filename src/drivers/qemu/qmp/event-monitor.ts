import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { LineSplitter } from '../../../platform/values/line-splitter';
import { isRecord, parseRecord } from '../../../platform/values/records';
import type { InstanceDirectory } from '../files/instance-directory';
import { RUNNING } from '../machine/status-mapper';

const MAX_LINE_BYTES = 1_048_576;
/** Sent after the run state has changed, whatever the reason: the guest no longer runs, or runs again. */
const CHANGES = new Set<unknown>(['STOP', 'RESUME']);
const COMMANDS = ['qmp_capabilities', 'query-status'];

export interface EventListener {
  /** The guest may have stopped. */
  readonly changed: () => void;
  /** The connection was closed: the process has ended, or the signal was aborted. */
  readonly closed: () => void;
  readonly signal: AbortSignal;
}

/**
 * Follows the events of a machine through its second monitor. Resolves when the connection is open.
 *
 * The monitor serves one client at a time. The connections of other service processes wait until it is free, and are
 * closed with the first when the process of the machine ends.
 * @throws {Error} system error if the connection cannot be opened
 */
export function followEvents(directory: InstanceDirectory, listener: EventListener): Promise<void> {
  return directory.withSocket('events', async (path) => {
    const socket = createConnection({ path, signal: listener.signal });
    const opened = once(socket, 'connect');
    socket.on('error', () => undefined);
    const lines = new LineSplitter(MAX_LINE_BYTES, 'truncate');
    socket.on('data', (chunk: Buffer) => {
      for (const line of lines.take(chunk)) take(parseRecord(line.toString('utf8')), socket, listener);
    });
    await opened;
    socket.once('close', listener.closed);
    if (socket.closed) listener.closed();
  });
}

function take(message: Readonly<Record<string, unknown>>, socket: Socket, { changed }: EventListener): void {
  if ('QMP' in message) {
    for (const execute of COMMANDS) socket.write(`${JSON.stringify({ execute })}\n`);
    return;
  }
  const answer = message['return'];
  // The guest may have stopped before this connection was open.
  const hasStopped =
    isRecord(answer) && typeof answer['status'] === 'string' && !RUNNING.has(answer['status']);
  if (hasStopped || CHANGES.has(message['event'])) changed();
}
