import type { Abilities } from '../../port/abilities';
import type { DriverCall, DriverResult, PublishedPort } from '../../port/driver-call';
import { isGrowth } from '../../port/resources';
import type { Exec } from '../../port/sessions';
import { whyNoAgent } from '../agent/guest-agents';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import { Machine } from '../machine/machine';
import { checkImage, noGpus } from '../machine/vm-builder';
import { inWords } from '../qemu.errors';
import type { QemuHost } from '../qemu.host';
import { startInGuest } from './exec';
import { setPaused } from './pausing';
import { probeMachine, probesFor } from './readiness';
import { rebootMachine, runOf } from './rebooting';
import { resizeMachine } from './resizing';
import { connectVnc } from './vnc';

/** How abilities reach the machine of a call. */
export interface MachineAccess {
  readonly host: QemuHost;
  /** Reads something of a machine that exists, without its lock. */
  readonly query: <T>(
    call: DriverCall,
    work: (directory: InstanceDirectory, state: InstanceState) => Promise<T>,
  ) => Promise<T>;
  /** Changes a machine that exists; `work` returns its published ports. */
  readonly change: (
    call: DriverCall,
    work: (directory: InstanceDirectory, state: InstanceState) => Promise<readonly PublishedPort[]>,
  ) => Promise<DriverResult>;
}

/** The abilities that change, reach or probe one machine. */
export function machineAbilities({ host, query, change }: MachineAccess): Abilities {
  const pauseOrResume = (call: DriverCall, isWanted: boolean): Promise<DriverResult> =>
    change(call, async (directory, { ports }) => {
      await setPaused(directory, isWanted, call.signal);
      return ports;
    });
  const exec: Exec = {
    whyNot: whyNoAgent,
    start: (call, command) =>
      query(call, (directory, { hasAgent }) => startInGuest({ host, directory, hasAgent }, call, command)),
  };
  return {
    reboot: {
      runOf: (call) => query(call, runOf),
      reboot: (call, reboot) =>
        change(call, (directory, state) => rebootMachine(new Machine(host, directory), state, call, reboot)),
    },
    rebuild: {
      prepare: async (call) => {
        await inWords(call.signal, () => checkImage(host, call));
      },
    },
    pause: {
      pause: (call) => pauseOrResume(call, true),
      resume: (call) => pauseOrResume(call, false),
    },
    resize: {
      isLive: isGrowth,
      resize: (call, to) =>
        change(call, async (directory, { ports }) => {
          if (to.gpus > 0) throw noGpus();
          return (await resizeMachine(host, directory, to, call.signal)) ? ports : [];
        }),
    },
    serial: { connect: (call) => query(call, (directory) => host.serial.connect(directory, call.signal)) },
    vnc: { connect: (call) => query(call, (directory) => connectVnc(directory, call.signal)) },
    exec,
    readiness: {
      kindsFor: probesFor,
      probe: (call, probe, ports) =>
        query(call, (directory, state) =>
          probeMachine({ machine: new Machine(host, directory), state, call, exec }, probe, ports),
        ),
    },
  };
}
