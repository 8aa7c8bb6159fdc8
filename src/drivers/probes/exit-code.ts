import type { RunningCommand } from '../port/sessions';

/** Runs a command without input to its end, and drops its output. Null if the engine does not know the exit code. */
export async function exitCodeOf(running: RunningCommand): Promise<number | null> {
  running.stdin.end();
  const output = running.output[Symbol.asyncIterator]();
  // The command may wait until its output is read.
  while ((await output.next()).done !== true);
  return running.exitCode();
}
