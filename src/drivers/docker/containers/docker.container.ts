import type { ContainerCreateOptions, HostConfig, MountSettings } from 'dockerode';
import type { DockerConfig } from '../docker.config';
import type { DriverError, GuestPort, GuestSpec, InstanceSpec } from '../../port/driver-call';
import type { Resources } from '../../port/resources';
import type { EngineFacts } from '../engine/docker.engine';
import { LABEL } from '../docker.labels';
import { refused } from '../engine/docker.errors';
import { originalProgram, type CopiedProgram } from '../snapshots/docker.program';

/**
 * What ordinary images need to start as root, own their files and switch to their own user. Omitted from Docker's
 * default set: raw sockets (NET_RAW), device nodes (MKNOD), the audit log, file capabilities, chroot.
 */
const CAPABILITIES = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'NET_BIND_SERVICE',
  'SETGID',
  'SETUID',
];

const GB = 1024 ** 3;
const NANO = 1_000_000_000;
/** Allowed on confined hosts, and low enough for programs that close every possible descriptor to stay fast. */
const OPEN_FILES = 16_384;
/** Per user across all containers; `PidsLimit` limits each container. */
const PROCESSES_OF_A_USER = 32_768;

/** The name at the engine; derived from the id only, so that a repeated call finds an earlier one's container. */
export const containerName = (instanceId: string): string => `uim-${instanceId}`;

export const portKey = ({ port, protocol }: GuestPort): string => `${port}/${protocol}`;

/** Inputs for creating a container, other than its instance. */
export interface ContainerContext {
  readonly config: DockerConfig;
  readonly deployment: string;
  readonly facts: EngineFacts;
  readonly image: string;
  /** Of the image of a snapshot. */
  readonly copied?: CopiedProgram;
  /** The network that the container starts in, or `none`. */
  readonly network: string;
  readonly mounts: readonly MountSettings[];
}

/**
 * The request body that creates the container.
 * @throws {DriverError} if no container can have these settings.
 */
export function toCreateOptions(instance: InstanceSpec, around: ContainerContext): ContainerCreateOptions {
  check(instance, around);
  const { guest } = instance;
  return {
    Image: around.image,
    ...(around.copied ? originalProgram(guest, around.copied, around.facts) : programFor(guest)),
    Labels: {
      [LABEL.deployment]: around.deployment,
      [LABEL.instanceId]: instance.id,
      [LABEL.tenantId]: instance.tenantId,
      [LABEL.instanceName]: instance.name,
    },
    ExposedPorts: Object.fromEntries(guest.ports.map((port) => [portKey(port), {}])),
    StopTimeout: Math.ceil(around.config.stopMs / 1000),
    HostConfig: toHostConfig(instance, around),
  };
}

function programFor({ command, env }: GuestSpec): Pick<ContainerCreateOptions, 'Env' | 'Cmd'> {
  return {
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    ...(command.length > 0 && { Cmd: [...command] }),
  };
}

function toHostConfig(instance: InstanceSpec, around: ContainerContext): HostConfig {
  const { flavor, guest } = instance;
  const { config, facts } = around;
  return {
    ...toLimits(flavor, facts),
    PidsLimit: config.pidsLimit,
    ...(facts.mayLimitDisk && { StorageOpt: { size: `${flavor.diskGB}G` } }),
    Privileged: false,
    ReadonlyRootfs: false,
    CapDrop: ['ALL'],
    CapAdd: CAPABILITIES,
    SecurityOpt: ['no-new-privileges'],
    IpcMode: 'private',
    // Restarts are up to this service.
    RestartPolicy: { Name: 'no' },
    Init: false,
    Ulimits: limits(facts),
    LogConfig: {
      Type: 'json-file',
      Config: { 'max-size': '10m', ...(facts.product === 'docker' && { 'max-file': '2' }) },
    },
    NetworkMode: around.network,
    Mounts: [...around.mounts],
    PortBindings: Object.fromEntries(
      guest.ports.map((port) => [
        portKey(port),
        [{ HostIp: config.publishAddress, HostPort: String(port.hostPort ?? '') }],
      ]),
    ),
  };
}

/** The limits that a container can get while it runs. */
export function toLimits(
  { vcpus, ramGB }: Pick<Resources, 'vcpus' | 'ramGB'>,
  { cpus }: Pick<EngineFacts, 'cpus'>,
): Required<Pick<HostConfig, 'NanoCpus' | 'Memory' | 'MemorySwap'>> {
  const memory = ramGB * GB;
  // Docker rejects more CPUs than the host has. MemorySwap is the sum of memory and swap, so no swap.
  return { NanoCpus: Math.min(vcpus, cpus || vcpus) * NANO, Memory: memory, MemorySwap: memory };
}

function limits({ product }: EngineFacts): NonNullable<HostConfig['Ulimits']> {
  const files = { Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES };
  if (product === 'docker') return [files];
  // If only one limit is given, Podman raises the other to the kernel's maximum, which confined hosts reject.
  return [files, { Name: 'nproc', Soft: PROCESSES_OF_A_USER, Hard: PROCESSES_OF_A_USER }];
}

export const noGpus = (): DriverError => refused('The container engine has no GPUs');

function check({ flavor, guest }: InstanceSpec, { network }: ContainerContext): void {
  if (flavor.gpus > 0) throw noGpus();
  if (guest.ports.length > 0 && network === 'none') {
    throw refused('Ports cannot be published because containers have no network (DOCKER_NETWORK=none)');
  }
  const texts = [...guest.command, ...Object.entries(guest.env).flat()];
  if (texts.some((text) => text.includes('\0'))) {
    throw refused('Command and environment must not contain NUL characters');
  }
  if (Object.keys(guest.env).some((name) => name === '' || name.includes('='))) {
    throw refused('The name of an environment variable must not be empty or contain "="');
  }
}
