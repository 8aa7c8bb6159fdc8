import type { ImageName } from '../common/image-name';
import type { InstanceType } from '../common/instance-type';
import type { Resources } from '../common/resources';

/** What an instance is to be, as far as an engine must know. */
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
  /** What the catalogue has for this driver under that id; null where it has nothing. */
  readonly image: ImageSource | null;
  readonly guest: GuestSpec;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

export type ImageSource = NamedImage | DiskImage | KernelImage;

/** An image that the engine fetches by its own name. */
export interface NamedImage {
  readonly kind: 'name';
  readonly name: string;
}

/** A disk with a boot loader on it. Paths are absolute. */
export interface DiskImage {
  readonly kind: 'disk';
  readonly file: string;
  readonly format: 'qcow2' | 'raw';
  /** Of the file, hexadecimal; null where nobody vouches for it. */
  readonly sha256: string | null;
  readonly firmware: 'bios' | 'uefi';
  /** Whom the keys of `GuestSpec` are for; null leaves that to the image. */
  readonly defaultUser: string | null;
}

/** A kernel that is booted without a boot loader, with the disk where there is one. */
export interface KernelImage {
  readonly kind: 'kernel';
  readonly kernel: string;
  readonly initrd: string | null;
  readonly commandLine: string;
  readonly disk: { readonly file: string; readonly format: 'qcow2' | 'raw' } | null;
  /** Of kernel, initrd and disk, as far as somebody vouches for them. */
  readonly sha256: Readonly<Partial<Record<'kernel' | 'initrd' | 'disk', string>>>;
  readonly defaultUser: string | null;
}

/** What the user wants to happen inside. A driver takes no notice of what its kind of guest has no use for. */
export interface GuestSpec {
  /** Program and arguments, no shell; empty leaves it to the image. */
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Ports of the guest that are to be reached from outside. */
  readonly ports: readonly GuestPort[];
  /** For cloud-init, as it is. */
  readonly userData: string | null;
  /** Lines of `authorized_keys`. */
  readonly sshKeys: readonly string[];
}

export const NO_GUEST: GuestSpec = { command: [], env: {}, ports: [], userData: null, sshKeys: [] };

export interface GuestPort {
  /** 1..65535, in the guest. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Where a port of a guest is reached. */
export interface PublishedPort extends GuestPort {
  readonly address: string;
  readonly hostPort: number;
}

/** What a driver wants to be given back with the next call; the core stores it and never looks inside. */
export interface DriverHandle {
  /** Version of the shape of `data`, so that a later driver can read what an earlier one left. */
  readonly v: number;
  readonly data: Readonly<Record<string, unknown>>;
  /** For the user, where he asked for ports: the core shows them as long as this handle is the newest. */
  readonly ports?: readonly PublishedPort[];
}

/** Why a verb is called: engines may pace a restart unlike a start, or log it under its name. */
export type Purpose = 'create' | 'start' | 'stop' | 'restart' | 'delete' | 'inspect';

/** Whether the tenant may run an image, given all names under which the engine has it. */
export type ImageCheck = (names: readonly ImageName[]) => boolean;

export interface DriverCall {
  readonly instance: InstanceSpec;
  /**
   * For a driver that takes images by a name that is not in the catalog: engines also find images by id, digest or
   * a part of their name. Null if all images may be run.
   */
  readonly imageCheck: ImageCheck | null;
  /** Null where no earlier call has returned one, e.g. after a crash in the middle of the first `create`. */
  readonly handle: DriverHandle | null;
  readonly purpose: Purpose;
  /** Tells the user how far it is, in a few words; as often as one likes, the newest wins. */
  readonly progress: (text: string) => void;
  /**
   * Aborted when the result is not wanted any more; the verb then rejects within `UNDO_BUDGET_MS`, with what it had
   * begun undone. Except where `isHandedOver(signal)`: it then rejects at once and undoes nothing.
   */
  readonly signal: AbortSignal;
}

/** What a verb has from the abort of its signal until it rejects, its undo included. */
export const UNDO_BUDGET_MS = 5000;

/**
 * Whether a call was aborted because another process goes on with the same instance, perhaps at this moment: its
 * lease is lost, or this process ends. What is there is the other one's then, and undoing would destroy its work.
 */
export function isHandedOver({ aborted, reason }: AbortSignal): boolean {
  const why: unknown = reason;
  return (
    aborted && typeof why === 'object' && why !== null && 'isHandedOver' in why && why.isHandedOver === true
  );
}

/** What an engine says of an instance; that it knows none is an answer, not an error. */
export type Observation =
  | { readonly presence: 'absent' }
  /** `ports` if the engine tells where they are reached now: none if they are not published any more. */
  | {
      readonly presence: 'present';
      readonly power: 'running';
      readonly ports?: readonly PublishedPort[];
    }
  /** `reason` where it was not told to stop: exit code, signal or out of memory, in the engine's words. */
  | { readonly presence: 'present'; readonly power: 'stopped'; readonly reason?: string }
  | { readonly presence: 'present'; readonly power: 'failed'; readonly reason: string };

/** What an observation says, in one word. */
export type Word = 'running' | 'stopped' | 'failed' | 'absent';

export function wordOf(observation: Observation): Word {
  return observation.presence === 'absent' ? 'absent' : observation.power;
}

/** The observation; of a running instance that publishes ports, with where they are reached. */
export function withPorts(
  observation: Observation,
  { ports }: Pick<GuestSpec, 'ports'>,
  published: () => readonly PublishedPort[],
): Observation {
  const isRunning = observation.presence === 'present' && observation.power === 'running';
  return isRunning && ports.length > 0 ? { ...observation, ports: published() } : observation;
}

export interface DriverHealth {
  readonly isUp: boolean;
  /** Version of the engine, or why it is down. */
  readonly detail: string;
}

export interface DriverCapabilities {
  readonly types: readonly InstanceType[];
  /**
   * What it does with image ids: has no use for them, fetches any that is a name of an OCI image and not in
   * the catalogue, or knows those of the catalogue only.
   */
  readonly images: 'ignored' | 'named' | 'catalogued';
  /** Calls cost nothing but time, so any number may run at once; `ENGINE_CONCURRENCY` bounds the others. */
  readonly isUnlimited?: true;
}

/**
 * The port to an engine. Every verb is idempotent and safe to repeat after a crash at any point:
 * what the engine holds is named after the instance's id, so a repeated `create` finds its own
 * half-made work. A verb resolves when the engine has done it, with the handle for the next call.
 *
 * Rejections are `DriverError`s; any other error counts as one that a retry cannot help.
 * A driver knows no database, no other driver and no feature of the service. Abilities beyond these
 * eight members are interfaces of their own, found by a type guard.
 */
export interface ComputeDriver {
  readonly kind: string;
  readonly capabilities: DriverCapabilities;
  probe(signal: AbortSignal): Promise<DriverHealth>;
  /** Makes the instance and powers it on. */
  create(call: DriverCall): Promise<DriverHandle>;
  start(call: DriverCall): Promise<DriverHandle>;
  stop(call: DriverCall): Promise<DriverHandle>;
  /** Removes the instance, running or not, and everything that was made for it. */
  destroy(call: DriverCall): Promise<void>;
  inspect(call: DriverCall): Promise<Observation>;
}

/** What an engine has room for in all; `UNBOUNDED` where it does not know. */
export type Capacity = Resources;

/** The ability of an engine that knows how much it can hold: what does not fit is then refused before it is asked. */
export interface CapacityTelling {
  capacity(signal: AbortSignal): Promise<Capacity>;
}

export function tellsCapacity(driver: ComputeDriver): driver is ComputeDriver & CapacityTelling {
  return 'capacity' in driver && typeof driver.capacity === 'function';
}

/** Something that an engine holds for this deployment. */
export interface Sighting {
  readonly instanceId: string;
  readonly tenantId: string;
  readonly observation: Observation;
}

/** The ability of an engine that can say what it holds for us, whatever our rows say. */
export interface Listing {
  /** Everything that bears the mark of this deployment, running or not. */
  list(signal: AbortSignal): Promise<readonly Sighting[]>;
  /**
   * Removes all that is there for an instance of which no row is left.
   * @returns whether there was anything
   */
  discard(instanceId: string, signal: AbortSignal): Promise<boolean>;
}

export function lists(driver: ComputeDriver): driver is ComputeDriver & Listing {
  return 'list' in driver && typeof driver.list === 'function';
}

/** The ability of an engine that keeps what its guests print. Lines come without their ends. */
export interface ConsoleTelling {
  /** The last lines, oldest first, at most so many. */
  tail(call: DriverCall, lines: number): Promise<readonly string[]>;
  /**
   * The same, then new lines, until the guest has ended or the signal of the call aborts. `ended` aborts when the
   * service has stored that the instance is stopped or deleted: for drivers whose engine does not report the end.
   */
  follow(call: DriverCall, lines: number, ended?: AbortSignal): AsyncIterable<string>;
}

export function tellsConsole(driver: ComputeDriver): driver is ComputeDriver & ConsoleTelling {
  return 'follow' in driver && typeof driver.follow === 'function';
}

/** What an instance uses now; null where the engine cannot tell. */
export interface Usage {
  /** `percent` of one processor: 200 is two of them at work. */
  readonly cpu: { readonly percent: number | null; readonly totalSeconds: number | null };
  readonly memory: { readonly usedBytes: number; readonly limitBytes: number } | null;
  readonly disk: {
    readonly readBytes: number;
    readonly writtenBytes: number;
    /** What it takes of the host's disk. */
    readonly usedBytes: number | null;
  } | null;
  readonly network: { readonly receivedBytes: number; readonly sentBytes: number } | null;
}

/** The ability of an engine that measures its guests. */
export interface Measuring {
  /** @throws {DriverError} where it does not run. */
  usage(call: DriverCall): Promise<Usage>;
}

export function measures(driver: ComputeDriver): driver is ComputeDriver & Measuring {
  return 'usage' in driver && typeof driver.usage === 'function';
}

/** An engine could not do what it was asked to. `retryable` alone decides whether it is asked again. */
export class DriverError extends Error {
  readonly retryable: boolean;

  constructor(message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'DriverError';
    this.retryable = options.retryable;
  }
}
