import type { ContainerInfo, ContainerInspectInfo } from 'dockerode';
import type {
  DriverResult,
  Ending,
  GuestAddress,
  GuestSpec,
  Observation,
  PublishedPort,
} from '../port/driver-call';
import type { InventoryItem } from '../port/abilities';
import { LABEL } from './docker.labels';
import { portKey } from './containers/docker.container';
import { LOST_PROCESS, publicMessage } from './engine/docker.errors';

/** Converts the engine's `inspect` result for a container. */
export function toObservation(found: Pick<ContainerInspectInfo, 'State'>, bootedAt?: number): Observation {
  const observation = observe(found);
  if (!('ending' in observation) || bootedAt === undefined) return observation;
  // A restart of the engine alone does not change this.
  const isHostRestarted = Date.parse(found.State.StartedAt) < bootedAt;
  return isHostRestarted
    ? { ...observation, ending: { ...observation.ending, isHostRestarted } }
    : observation;
}

function observe({ State: state }: Pick<ContainerInspectInfo, 'State'>): Observation {
  if (state.Dead) return failed('the engine failed to remove it and reports it as dead');
  if (state.Paused) return { presence: 'present', power: 'paused' };
  if (state.Running || state.Restarting) return { presence: 'present', power: 'running' };
  // The container itself is intact and can start once that process is gone.
  if (LOST_PROCESS.test(state.Error))
    return ended('the engine lost the process while starting it', { isFailure: true });
  if (state.Error !== '') return failed(publicMessage(state.Error));
  if (isNew(state.Status)) return { presence: 'present', power: 'stopped' };
  if (state.OOMKilled) return ended('killed because it ran out of memory', { isFailure: true });
  return exited(state.ExitCode);
}

type ListedContainer = Pick<ContainerInfo, 'State' | 'Status' | 'Ports'> &
  Partial<Pick<ContainerInfo, 'NetworkSettings'>>;

/** Undefined if the container has no labels of an instance. */
export function toInventoryItem(
  container: ListedContainer & Pick<ContainerInfo, 'Labels'>,
): InventoryItem | undefined {
  const { [LABEL.instanceId]: instanceId, [LABEL.tenantId]: tenantId } = container.Labels;
  if (instanceId === undefined || tenantId === undefined) return undefined;
  return { instanceId, tenantId, observation: toListedObservation(container) };
}

/** The same for a list entry, which has the exit code only in a text: "Exited (3) 2 minutes ago". */
export function toListedObservation({
  State: state,
  Status: status,
  Ports: ports,
  NetworkSettings: networks,
}: ListedContainer): Observation {
  if (state === 'running' || state === 'paused' || state === 'restarting') {
    const power = state === 'paused' ? 'paused' : 'running';
    const addresses = toAddresses(networks);
    // A list may lack them, unlike the details of a container.
    return {
      presence: 'present',
      power,
      ports: toListedPorts(ports),
      ...(addresses.length > 0 && { addresses }),
    };
  }
  if (state === 'dead') return failed('the engine failed to remove it and reports it as dead');
  const code = /\((\d+)\)/.exec(status)?.[1];
  return isNew(state) || code === undefined
    ? { presence: 'present', power: 'stopped' }
    : exited(Number(code));
}

/** Ports that the image exposes but that are not published have no public port. Podman sends null for no ports. */
function toListedPorts(ports: ContainerInfo['Ports'] | null): PublishedPort[] {
  return (ports ?? []).flatMap(({ IP: address, PrivatePort: port, PublicPort: hostPort, Type: protocol }) =>
    hostPort && (protocol === 'tcp' || protocol === 'udp') ? [{ port, protocol, address, hostPort }] : [],
  );
}

/** Docker reports `created`; Podman may also report `configured` or `initialized`. */
const isNew = (status: string): boolean => /^(created|configured|initialized)$/.test(status);

/** Like shells, engines report a fatal signal as exit code 128 plus its number. */
function endOf(code: number): string {
  if (code === 0) return 'the program exited (exit code 0)';
  if (code > 128 && code <= 192) return `killed by signal ${code - 128} (exit code ${code})`;
  return `exited with code ${code}`;
}

const exited = (code: number): Observation => ended(endOf(code), { isFailure: code !== 0 });

const ended = (reason: string, ending: Ending): Observation => {
  return { presence: 'present', power: 'stopped', reason, ending };
};
const failed = (reason: string): Observation => ({ presence: 'present', power: 'failed', reason });

/** Current host addresses of the requested ports. */
function toPublished({ NetworkSettings }: ContainerInspectInfo, { ports }: GuestSpec): PublishedPort[] {
  const bindings = NetworkSettings.Ports;
  return ports.flatMap(({ port, protocol }) => {
    const [binding] = bindings[portKey({ port, protocol })] ?? [];
    const hostPort = Number(binding?.HostPort);
    if (!binding || !Number.isInteger(hostPort)) return [];
    return [{ port, protocol, address: binding.HostIp, hostPort }];
  });
}

interface Endpoint {
  readonly IPAddress?: string;
  readonly GlobalIPv6Address?: string;
  readonly MacAddress?: string;
}

/** Addresses of the container in its networks, sorted by the name of the network. Podman may send null for none. */
export function toAddresses(
  settings: { readonly Networks?: Readonly<Record<string, Endpoint>> | null } | null | undefined,
): GuestAddress[] {
  const networks = Object.entries(settings?.Networks ?? {}).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return networks.flatMap(([network, { IPAddress, GlobalIPv6Address, MacAddress }]) => {
    const mac = MacAddress === undefined || MacAddress === '' ? null : MacAddress;
    const found = [
      { address: IPAddress, family: 'ipv4' },
      { address: GlobalIPv6Address, family: 'ipv6' },
    ] as const;
    return found.flatMap(({ address, family }) =>
      address === undefined || address === '' ? [] : [{ address, family, network, mac }],
    );
  });
}

/** What changes with every start of a container. */
export function placeOf(
  found: ContainerInspectInfo,
  guest: GuestSpec,
): Pick<DriverResult, 'ports' | 'addresses' | 'run'> {
  const run = runOf(found);
  return {
    ports: toPublished(found, guest),
    addresses: toAddresses(found.NetworkSettings),
    ...(run !== null && { run }),
  };
}

/** Identifies the run of a container, which ends when its program ends; null if it does not run. */
export function runOf({ Id, State }: Pick<ContainerInspectInfo, 'Id' | 'State'>): string | null {
  return State.Running || State.Paused ? `${Id} ${State.StartedAt}` : null;
}
