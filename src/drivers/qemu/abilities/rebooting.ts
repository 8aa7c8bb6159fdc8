import type { Reboot } from '../../port/abilities';
import type { DriverCall, PublishedPort } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import type { Machine } from '../machine/machine';
import { searchProcess } from '../machine/qemu.process';

/** The process that runs the machine; no other ever has the same id and start time. */
export async function runOf(directory: InstanceDirectory): Promise<string | null> {
  const identity = await searchProcess(directory);
  return identity ? `${identity.pid} ${identity.startTime}` : null;
}

/** Ends the run, unless it has ended, and starts the machine. @returns its published ports */
export async function rebootMachine(
  machine: Machine,
  state: InstanceState,
  { instance, signal }: DriverCall,
  { type, run }: Reboot,
): Promise<readonly PublishedPort[]> {
  if (run !== null && (await runOf(machine.directory)) === run) await machine.powerOff(state, signal, type);
  return machine.powerOn({ ...state, isWanted: false }, instance, signal);
}
