import type { DriverCall } from '../port/driver-call';
import type { Exec } from '../port/sessions';

/** Why a guest is not ready whose console is probed. */
export const NOT_PRINTED = 'the console has not printed the text';

/**
 * Runs a command without input to its end, and drops its output.
 * @returns why the guest is not ready; null if the command exited with 0
 */
export async function probeCommand(
  exec: Exec,
  call: DriverCall,
  command: readonly string[],
): Promise<string | null> {
  const running = await exec.start(call, { command, env: {}, tty: null, dropsOutput: true });
  running.stdin.end();
  const output = running.output[Symbol.asyncIterator]();
  // The command may wait until its output is read.
  while ((await output.next()).done !== true);
  const code = await running.exitCode();
  return code === 0 ? null : `the command exited with code ${code ?? 'unknown'}`;
}
