import type { Clock } from '../../platform/async/clock';
import { LineSplitter } from '../../platform/values/line-splitter';
import type { Machine } from './machine/machine';
import { findProcess } from './machine/qemu.process';
import { QmpUnreachableError } from './qmp/qmp.client';

const LOOK_EVERY_MS = 250;
const MAX_LINE_BYTES = 65_536;

type ConsoleSource = Pick<Machine, 'console' | 'directory' | 'drain' | 'isOn'>;

/** Returns the last lines of the console, including an unfinished one. */
export async function tailConsole(
  machine: ConsoleSource,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  await drained(machine, signal);
  const splitter = new LineSplitter(MAX_LINE_BYTES, 'split');
  const { bytes } = await machine.console.readFrom(undefined);
  return lastOf([...splitter.take(bytes), ...splitter.end()], lines).map(toText);
}

export interface FollowOptions {
  readonly lines: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Yields the last lines, then each new line, until the guest has exited or the signal aborts. */
export async function* followConsole(machine: ConsoleSource, options: FollowOptions): AsyncGenerator<string> {
  const { clock, signal } = options;
  const splitter = new LineSplitter(MAX_LINE_BYTES, 'split');
  let isRunning = await drained(machine, signal);
  let { bytes, next } = await machine.console.readFrom(undefined);
  yield* lastOf(splitter.take(bytes), options.lines).map(toText);
  while (isRunning) {
    await clock.wait(LOOK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    isRunning = await drained(machine, signal);
    ({ bytes, next } = await machine.console.readFrom(next));
    yield* splitter.take(bytes).map(toText);
  }
  yield* splitter.end().map(toText);
}

/** Saves new console output. @returns whether the guest may print more */
async function drained(machine: ConsoleSource, signal: AbortSignal): Promise<boolean> {
  if (!(await findProcess(machine.directory))) return false;
  try {
    await machine.drain(signal);
    return await machine.isOn(signal);
  } catch (error) {
    if (signal.aborted) return false;
    // The machine has just ended or hangs: try again at the next poll.
    if (error instanceof QmpUnreachableError) return true;
    throw error;
  }
}

function lastOf(lines: readonly Buffer[], count: number): readonly Buffer[] {
  return count === 0 ? [] : lines.slice(-count);
}

function toText(line: Buffer): string {
  return line.toString('utf8').replaceAll('\r', '');
}
