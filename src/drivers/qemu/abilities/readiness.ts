import { sleep } from '../../../platform/async/sleep';
import type { DriverCall, PublishedPort } from '../../port/driver-call';
import type { Probe, ProbeKind } from '../../port/readiness';
import { NOT_PRINTED } from '../../probes/in-the-guest';
import { probePort, type PortProbe } from '../../probes/published-ports';
import type { InstanceDirectory } from '../files/instance-directory';
import type { InstanceState } from '../machine/instance-state';
import type { Machine } from '../machine/machine';
import { QemuMonitor } from '../qmp/qemu.monitor';

/** Without an agent in the guest, commands cannot be run there. */
export const QEMU_PROBES: readonly ProbeKind[] = ['port', 'http', 'serial'];

const LOOK_EVERY_MS = 100;

interface Probed {
  readonly machine: Machine;
  readonly state: InstanceState;
  readonly call: DriverCall;
}

/** @returns why the guest is not ready; null if it is */
export async function probeMachine(
  { machine, state, call: { signal } }: Probed,
  probe: Probe,
  ports: readonly PublishedPort[],
): Promise<string | null> {
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
      return 'the guest has no agent';
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
