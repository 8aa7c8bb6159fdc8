import { sleep } from '../../../platform/async/sleep';
import type { DriverCall, ImageSource, PublishedPort } from '../../port/driver-call';
import { PROBE_KINDS, type Probe, type ProbeKind } from '../../port/readiness';
import type { Exec } from '../../port/sessions';
import { NOT_PRINTED, probeCommand } from '../../probes/in-the-guest';
import { probePort, type PortProbe } from '../../probes/published-ports';
import { AgentUnreachableError } from '../agent/agent.errors';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import type { Machine } from '../machine/machine';
import { QemuMonitor } from '../qmp/qemu.monitor';

/** Commands in the guest require an agent there. */
export function probesFor(image: ImageSource | null): readonly ProbeKind[] {
  const hasAgent = image !== null && image.kind !== 'name' && image.guestAgent;
  return PROBE_KINDS.filter((kind) => kind !== 'exec' || hasAgent);
}

const LOOK_EVERY_MS = 100;

interface Probed {
  readonly machine: Machine;
  readonly state: InstanceState;
  readonly call: DriverCall;
  readonly exec: Exec;
}

/** @returns why the guest is not ready; null if it is */
export async function probeMachine(
  { machine, state, call, exec }: Probed,
  probe: Probe,
  ports: readonly PublishedPort[],
): Promise<string | null> {
  const { signal } = call;
  switch (probe.kind) {
    case 'port': {
      const confirm: PortProbe['confirm'] = (published, until) =>
        accepted(machine.directory, published, until);
      return probePort({ probe, ports, signal, confirm });
    }
    case 'http':
      return probePort({ probe, ports, signal });
    case 'serial':
      return hasPrinted(machine, state, { text: probe.text, signal });
    case 'exec':
      return probeCommand(exec, call, probe.command).catch((error: unknown) => {
        if (error instanceof AgentUnreachableError) return error.message;
        throw error;
      });
  }
}

async function hasPrinted(
  machine: Machine,
  { consoleFrom }: InstanceState,
  { text, signal }: { readonly text: string; readonly signal: AbortSignal },
): Promise<string | null> {
  await machine.drain(signal);
  const from = consoleFrom && { file: BigInt(consoleFrom.file), offset: consoleFrom.offset };
  const { bytes } = await machine.console.readFrom(from);
  return bytes.includes(text) ? null : NOT_PRINTED;
}

/**
 * QEMU accepts connections itself, before the guest does or even runs. Its table shows whether the guest has accepted one to
 * this port; a guest that refuses it closes it.
 */
async function accepted(
  directory: InstanceDirectory,
  { hostPort, port }: PublishedPort,
  until: AbortSignal,
): Promise<string | null> {
  const monitor = new QemuMonitor(directory);
  while (!until.aborted) {
    const rows = (await monitor.connections(until)).split('\n').map((row) => row.trim().split(/\s+/));
    const isAccepted = rows.some(
      ([state, , , from, , to]) =>
        state === 'TCP[ESTABLISHED]' && from === String(hostPort) && to === String(port),
    );
    if (isAccepted) return null;
    await sleep(LOOK_EVERY_MS, until);
  }
  return 'the guest has not accepted a connection';
}
