import { bootId } from '../../../platform/procfs';
import type { Observation } from '../../port/driver-call';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from './instance-state';
import { lastLogLine } from './qemu.process';
import { endedAs } from './status-mapper';

const ENDED_WITH_HOST = 'the process of the virtual machine ended with an earlier boot of the host';

/** The state of a machine without a process. */
export async function observeEnded(directory: InstanceDirectory, state: InstanceState): Promise<Observation> {
  if (!state.isWanted) return { presence: 'present', power: 'stopped' };
  if (state.ended !== null) return endedAs(state.ended, { isFailure: false, isHostRestarted: false });
  const isHostRestarted = state.hostBoot === undefined ? undefined : state.hostBoot !== (await bootId());
  const reason = isHostRestarted === true ? ENDED_WITH_HOST : await lastReason(directory);
  return endedAs(reason, { isFailure: true, ...(isHostRestarted !== undefined && { isHostRestarted }) });
}

async function lastReason(directory: InstanceDirectory): Promise<string> {
  const signal = /terminating on (signal \d+)/.exec(await lastLogLine(directory))?.[1];
  const how = signal === undefined ? 'exited unexpectedly' : `was ended by ${signal}`;
  return `the process of the virtual machine ${how}`;
}
