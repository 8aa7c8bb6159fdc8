import type {
  DriverCall,
  DriverHandle,
  DriverResult,
  ImageSource,
  InstanceSpec,
  Observation,
  PublishedPort,
} from './driver-call';
import type { Probe, ProbeKind } from './readiness';
import type { Resources } from './resources';
import type { Device, Exec } from './sessions';
import type { Snapshots } from './snapshots';

/** Abilities of a driver besides running instances. An absent one is refused to users, or left out by the service. */
export interface Abilities {
  readonly inventory?: Inventory;
  readonly events?: EngineEvents;
  readonly consoleLog?: ConsoleLog;
  readonly stats?: StatsReporter;
  readonly pause?: Pausing;
  readonly resize?: Resizer;
  readonly reboot?: Rebooting;
  readonly rebuild?: Rebuilder;
  readonly serial?: Device;
  readonly vnc?: Device;
  readonly exec?: Exec;
  /** Commands can have a terminal; without it, `exec` runs only commands without one. */
  readonly terminal?: true;
  readonly readiness?: ReadinessProbes;
  readonly snapshots?: Snapshots;
  /** Snapshots of running instances can contain their memory. */
  readonly snapshotMemory?: true;
}

export type AbilityName = keyof Abilities;

/** The abilities that are present. */
export function namesOf(abilities: Abilities): readonly AbilityName[] {
  const isPresent = (name: string): name is AbilityName =>
    Object.entries(abilities).some(([key, ability]) => key === name && ability !== undefined);
  return Object.keys(abilities).filter(isPresent);
}

/** Those that the service itself needs. */
const INTERNAL: readonly AbilityName[] = ['inventory', 'events'];

/** The abilities of an instance that requests of users need, given the handle of its last call. */
export function offeredBy(abilities: Abilities, handle: DriverHandle | null): readonly AbilityName[] {
  const lacksExec = abilities.exec?.whyNot?.(handle) !== undefined;
  return namesOf(abilities).filter(
    (name) => !INTERNAL.includes(name) && !(lacksExec && (name === 'exec' || name === 'terminal')),
  );
}

/** Total capacity of a host; unknown amounts are `UNBOUNDED`. */
export interface Capacity extends Resources {
  /** The number of GPUs of each model; 0 for a missing model. Absent if the models are unknown. */
  readonly gpuModels?: Readonly<Record<string, number>>;
}

/** An instance of this deployment, as found at the engine. */
export interface InventoryItem {
  readonly instanceId: string;
  readonly tenantId: string;
  readonly observation: Observation;
}

/** This deployment's instances at the engine, independent of the database. */
export interface Inventory {
  /** All instances of this deployment, running or not. */
  list(signal: AbortSignal): Promise<readonly InventoryItem[]>;
  /**
   * Removes leftovers of an instance that has no database row.
   * @returns whether there were any
   */
  discard(instanceId: string, signal: AbortSignal): Promise<boolean>;
}

/** `connected`: from here on, every change is reported. */
export type EngineEvent =
  | { readonly kind: 'connected' }
  /** An instance of this deployment was started, stopped or removed, by the service or by anyone else. */
  | { readonly kind: 'changed'; readonly instanceId: string }
  /** Something changed, but the engine's report is unreadable. */
  | { readonly kind: 'missed' };

/** Changes, reported when they happen. */
export interface EngineEvents {
  /** Ends when the signal aborts; rejects with `DriverError` if the connection fails or is lost. */
  watch(signal: AbortSignal): AsyncIterable<EngineEvent>;
}

/** Console output of guests. Lines have no line terminators. */
export interface ConsoleLog {
  /** The last lines, oldest first, at most `lines`. */
  tail(call: DriverCall, lines: number): Promise<readonly string[]>;
  /**
   * The same, then new lines until the guest ends or the call's signal aborts. `ended` aborts when the service has
   * recorded the instance as stopped or deleted, for drivers whose engine does not report the end.
   */
  follow(call: DriverCall, lines: number, ended?: AbortSignal): AsyncIterable<string>;
}

/** Current resource usage of an instance; null if the engine does not report it. */
export interface Usage {
  /** `percent` of one CPU: 200 means two fully used CPUs. */
  readonly cpu: { readonly percent: number | null; readonly totalSeconds: number | null };
  readonly memory: { readonly usedBytes: number; readonly limitBytes: number } | null;
  readonly disk: {
    readonly readBytes: number;
    readonly writtenBytes: number;
    /** Space used on the host's disk. */
    readonly usedBytes: number | null;
  } | null;
  readonly network: { readonly receivedBytes: number; readonly sentBytes: number } | null;
}

/** Measures resource usage. */
export interface StatsReporter {
  /** @throws {DriverError} if the instance is not running. */
  usage(call: DriverCall): Promise<Usage>;
}

/** Freezes guests: they keep their memory and ports, and use no CPU. */
export interface Pausing {
  /** @throws {DriverError} if the instance is neither running nor paused. */
  pause(call: DriverCall): Promise<DriverResult>;
  /** @throws {DriverError} likewise. */
  resume(call: DriverCall): Promise<DriverResult>;
}

export const REBOOT_TYPES = ['soft', 'hard'] as const;
export type RebootType = (typeof REBOOT_TYPES)[number];

export interface Reboot {
  /** `soft` shuts the guest down first, and ends it if that takes too long; `hard` ends it at once. */
  readonly type: RebootType;
  /** The run to end, from `runOf`; null if the guest did not run. */
  readonly run: string | null;
}

/** Restarts running guests. */
export interface Rebooting {
  /** Identifies the current run of the guest: each start begins another one. Null if it does not run. */
  runOf(call: DriverCall): Promise<string | null>;
  /** Ends the run and starts the guest again. If another run has begun since, an earlier attempt has done that. */
  reboot(call: DriverCall, reboot: Reboot): Promise<DriverResult>;
}

/** Lets instances get another image. To do it, the core destroys and creates the instance; this comes before. */
export interface Rebuilder {
  /**
   * Makes sure that the instance can be created from the image of the call, e.g. fetches it. Does not touch the
   * instance, which has another image.
   */
  prepare(call: DriverCall): Promise<void>;
}

/** Changes the size of existing instances. */
export interface Resizer {
  /**
   * Whether a running instance can normally get this size without a restart. If it turns out that this one cannot,
   * `resize` says so.
   */
  isLive(from: Resources, to: Resources): boolean;
  /**
   * Gives the instance the size `to`; its specification has the size before. A running instance keeps running. After an
   * error, it has the size that it had before, as far as the engine can undo the change.
   * @throws {RestartRequiredError} if this instance must be stopped for it
   */
  resize(call: DriverCall, to: InstanceSpec['flavor']): Promise<DriverResult>;
}

/** Finds out whether running guests are ready. */
export interface ReadinessProbes {
  /** The kinds of probes that the engine can make of instances with this image; null if the catalog does not have it. */
  kindsFor(image: ImageSource | null): readonly ProbeKind[];
  /**
   * Probes once.
   * @param ports the published ports of the instance
   * @returns why the guest is not ready; null if it is
   * @throws {DriverError} if it cannot be probed
   */
  probe(call: DriverCall, probe: Probe, ports: readonly PublishedPort[]): Promise<string | null>;
}
