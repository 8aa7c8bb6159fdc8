import type { Clock } from '../../platform/async/clock';
import type { Machine } from './machine/machine';
import { findProcess } from './machine/qemu.process';
import { LineCutter } from './files/rotating-log';
import { QmpUnreachableError } from './machine/qmp.client';

const LOOK_EVERY_MS = 250;
const MAX_LINE_BYTES = 65_536;

/** Returns the last lines of the console, including an unfinished one. */
export async function tailConsole(
  machine: Machine,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  await drained(machine, signal);
  const cutter = new LineCutter(MAX_LINE_BYTES);
  const { bytes } = await machine.console.readFrom(undefined);
  return lastOf([...cutter.cut(bytes), ...cutter.end()], lines);
}

export interface FollowOptions {
  readonly lines: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Yields the last lines, then each new line, until the guest has exited or the signal aborts. */
export async function* followConsole(machine: Machine, options: FollowOptions): AsyncGenerator<string> {
  const { clock, signal } = options;
  const cutter = new LineCutter(MAX_LINE_BYTES);
  let isRunning = await drained(machine, signal);
  let { bytes, next } = await machine.console.readFrom(undefined);
  yield* lastOf(cutter.cut(bytes), options.lines);
  while (isRunning) {
    await clock.wait(LOOK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    isRunning = await drained(machine, signal);
    ({ bytes, next } = await machine.console.readFrom(next));
    yield* cutter.cut(bytes);
  }
  yield* cutter.end();
}

/** Saves new console output. @returns whether the guest may print more */
async function drained(machine: Machine, signal: AbortSignal): Promise<boolean> {
  if (!(await findProcess(machine.directory))) return false;
  try {
    await machine.drain(signal);
    return await machine.isRunning(signal);
  } catch (error) {
    if (signal.aborted) return false;
    // The machine has just ended or hangs: try again at the next poll.
    if (error instanceof QmpUnreachableError) return true;
    throw error;
  }
}

function lastOf(lines: readonly string[], count: number): readonly string[] {
  return count === 0 ? [] : lines.slice(-count);
}
