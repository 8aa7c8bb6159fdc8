import type { ImageName } from './image-name';
import type { InstanceType } from './instance-type';
import type { Readiness } from './readiness';

/** The desired configuration of an instance, as far as drivers need it. */
export interface InstanceSpec {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly type: InstanceType;
  readonly flavor: {
    readonly name: string;
    readonly vcpus: number;
    readonly ramGB: number;
    readonly diskGB: number;
    readonly gpus: number;
  };
  readonly imageId: string;
  /** The catalog's image for `imageId` that this driver can use, if any. */
  readonly image: ImageSource | null;
  readonly guest: GuestSpec;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

export type ImageSource = NamedImage | DiskImage | KernelImage;

/** An image that the engine resolves by name. */
interface NamedImage {
  readonly kind: 'name';
  readonly name: string;
}

/** A disk image with a boot loader. Paths are absolute. */
export interface DiskImage {
  readonly kind: 'disk';
  readonly file: string;
  readonly format: 'qcow2' | 'raw';
  /** SHA-256 of the file in hex, or null if none was given. */
  readonly sha256: string | null;
  readonly firmware: 'bios' | 'uefi';
  /** Whether QEMU's guest agent runs in the guest. */
  readonly guestAgent: boolean;
  /** User account that receives the keys of `GuestSpec`; if null, the image decides. */
  readonly defaultUser: string | null;
}

/** A kernel that is booted without a boot loader, with an optional disk. */
export interface KernelImage {
  readonly kind: 'kernel';
  readonly kernel: string;
  readonly initrd: string | null;
  readonly commandLine: string;
  /** See `DiskImage`. */
  readonly guestAgent: boolean;
  readonly disk: { readonly file: string; readonly format: 'qcow2' | 'raw' } | null;
  /** SHA-256 in hex of kernel, initrd and disk; absent if none was given. */
  readonly sha256: Readonly<Partial<Record<'kernel' | 'initrd' | 'disk', string>>>;
  readonly defaultUser: string | null;
}

/** Settings inside the guest. A driver ignores those that do not apply to its kind of guest. */
export interface GuestSpec {
  /** Program and arguments, run without a shell; if empty, the image decides. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Guest ports to publish. */
  readonly ports: readonly GuestPort[];
  /** Passed to cloud-init unchanged. */
  readonly userData: string | null;
  /** Lines of `authorized_keys`. */
  readonly sshKeys: readonly string[];
  /** Null if it is ready as soon as it runs. */
  readonly readiness: Readiness | null;
}

export const NO_GUEST: GuestSpec = {
  command: [],
  env: {},
  ports: [],
  userData: null,
  sshKeys: [],
  readiness: null,
};

export interface GuestPort {
  /** Port number in the guest, 1..65535. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** The port of the host to publish it at, at every start; the engine chooses one if it is absent. */
  readonly hostPort?: number;
}

/** A guest port and the host address that it is published at. */
export interface PublishedPort extends GuestPort {
  readonly address: string;
  readonly hostPort: number;
}

/** An address of a guest in one of its networks. */
export interface GuestAddress {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** Name of the network at the engine. */
  readonly network: string;
  /** Null if the engine does not report it. */
  readonly mac: string | null;
}

/** Opaque driver state, passed back with the next call; the core stores it without interpreting it. */
export interface DriverHandle {
  /** Version of the shape of `data`, so that newer drivers can read what older ones wrote. */
  readonly v: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Result of a call that leaves the instance at the engine. */
export interface DriverResult {
  /** For the next call. */
  readonly handle: DriverHandle;
  /** The published ports; the core shows them to the user until the next result. Absent or empty if there are none. */
  readonly ports?: readonly PublishedPort[];
  /** Addresses of the running guest, likewise. */
  readonly addresses?: readonly GuestAddress[];
  /** See `Observation`. */
  readonly run?: string;
}

/**
 * Why a method is called: a driver may time or log a restart differently from a start. A `stop` for a restore ends the
 * guest at once, because its disk is discarded.
 */
export type Verb =
  | 'create'
  | 'start'
  | 'stop'
  | 'restart'
  | 'reboot'
  | 'pause'
  | 'resume'
  | 'resize'
  | 'rebuild'
  | 'snapshot'
  | 'restore'
  | 'delete'
  | 'inspect';

/** Whether the tenant may run an image, given all its names at the engine. */
export type ImageCheck = (names: readonly ImageName[]) => boolean;

export interface DriverCall {
  readonly instance: InstanceSpec;
  /**
   * For drivers that accept image names outside the catalog: engines also resolve images by id, digest or partial
   * name. Null if every image is allowed.
   */
  readonly imageCheck: ImageCheck | null;
  /** Null if no earlier call has returned one, e.g. after a crash during the first `create`. */
  readonly handle: DriverHandle | null;
  readonly purpose: Verb;
  /** Reports progress to the user in a few words; may be called any number of times, the latest text wins. */
  readonly progress: (text: string) => void;
  /**
   * Aborted to cancel the call, which then undoes its work and rejects within `UNDO_BUDGET_MS`. If
   * `isLeaseLost(signal)`, it rejects at once and undoes nothing.
   */
  readonly signal: AbortSignal;
}

/** Time limit from the abort of a call's signal until it rejects, including the undo. */
export const UNDO_BUDGET_MS = 5000;

/**
 * Whether a call was aborted because another process takes over the instance, possibly right now: the lease is
 * lost, or this process is shutting down. Undoing could destroy the other process's work.
 */
export function isLeaseLost({ aborted, reason }: AbortSignal): boolean {
  const why: unknown = reason;
  return (
    aborted && typeof why === 'object' && why !== null && 'isLeaseLost' in why && why.isLeaseLost === true
  );
}

/** How a guest ended that no request has stopped. */
export interface Ending {
  /** It exited with another code than 0, was killed or ran out of memory, or its process at the engine ended. */
  readonly isFailure: boolean;
  /** Whether its host was restarted since the guest was started; absent if the engine does not report it. */
  readonly isHostRestarted?: boolean;
}

/** The state of an instance at its engine; an unknown instance is a result, not an error. */
export type Observation =
  | { readonly presence: 'absent' }
  /**
   * `ports` and `addresses`: the current ones, if the engine reports them; empty if there are none.
   * `run`: changes with every start of the guest; absent if the engine does not report that.
   */
  | {
      readonly presence: 'present';
      readonly power: 'running' | 'paused';
      readonly ports?: readonly PublishedPort[];
      readonly addresses?: readonly GuestAddress[];
      readonly run?: string;
    }
  /** `reason`: exit code, signal or out of memory, if known. */
  | {
      readonly presence: 'present';
      readonly power: 'stopped';
      readonly reason?: string;
      readonly ending?: Ending;
    }
  | { readonly presence: 'present'; readonly power: 'failed'; readonly reason: string };

/** An observation reduced to one word. */
export type PowerState = 'running' | 'paused' | 'stopped' | 'failed' | 'absent';

export function powerStateOf(observation: Observation): PowerState {
  return observation.presence === 'absent' ? 'absent' : observation.power;
}

/** Whether a guest has been started and has not ended. */
export function isOn(
  observation: Observation,
): observation is Extract<Observation, { readonly power: 'running' | 'paused' }> {
  return ['running', 'paused'].includes(powerStateOf(observation));
}

/** Adds the published ports to the observation of a running or paused instance that has ports. */
export function withPorts(
  observation: Observation,
  { ports }: Pick<GuestSpec, 'ports'>,
  published: () => readonly PublishedPort[],
): Observation {
  return isOn(observation) && ports.length > 0 ? { ...observation, ports: published() } : observation;
}

/** Adds the addresses to the observation of a running or paused instance. */
export function withAddresses(observation: Observation, addresses: readonly GuestAddress[]): Observation {
  return isOn(observation) ? { ...observation, addresses } : observation;
}

/** An engine could not complete a call. `retryable` alone decides whether the call is retried. */
export class DriverError extends Error {
  readonly retryable: boolean;

  constructor(message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'DriverError';
    this.retryable = options.retryable;
  }
}

/** Something else on the host uses a port that the instance requests. Not retryable: it will probably keep the port. */
export class HostPortInUseError extends DriverError {
  constructor({ protocol }: GuestPort, hostPort: number) {
    super(
      `Port ${hostPort}/${protocol} of the host is in use by another program: ask an operator to stop that program, or create the instance with another hostPort`,
      { retryable: false },
    );
  }
}

/** The running instance cannot be changed this way; nothing has changed. */
export class RestartRequiredError extends DriverError {
  constructor(reason: string) {
    super(reason, { retryable: false });
    this.name = 'RestartRequiredError';
  }
}
