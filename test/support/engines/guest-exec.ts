import type { Command, CommandOutput, InstanceSpec } from '../../../src/drivers';
import type { QemuDriver } from '../../../src/drivers/qemu/qemu.driver';
import { having } from '../../contract/driver-core';
import { callFor } from '../builders';

/** Runs a script through the agent of a guest, and returns what it prints. */
export async function runInGuest(by: QemuDriver, instance: InstanceSpec, script: string): Promise<string> {
  const { signal } = new AbortController();
  const command: Command = { command: ['sh', '-c', script], env: {}, tty: null };
  const running = await having(by, 'exec').start({ ...callFor(instance), signal }, command);
  running.stdin.on('error', () => undefined);
  running.stdin.end();
  const output: Record<CommandOutput['stream'], Buffer[]> = { stdout: [], stderr: [] };
  for await (const { stream, data } of running.output) output[stream].push(data);
  expect([await running.exitCode(), Buffer.concat(output.stderr).toString()]).toEqual([0, '']);
  return Buffer.concat(output.stdout).toString();
}
