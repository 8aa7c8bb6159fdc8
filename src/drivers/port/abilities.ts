import type { ComputeDriver, DriverCall, Observation } from './compute-driver.port';
import type { Resources } from './resources';

/** Optional abilities of drivers, each an interface that a type guard detects. */

/** Total capacity of an engine; unknown amounts are `UNBOUNDED`. */
export type Capacity = Resources;

/** Implemented by drivers that know their engine's capacity; requests that exceed it never reach the driver. */
export interface CapacityReporter {
  capacity(signal: AbortSignal): Promise<Capacity>;
}

export function reportsCapacity(driver: ComputeDriver): driver is ComputeDriver & CapacityReporter {
  return 'capacity' in driver && typeof driver.capacity === 'function';
}

/** An instance of this deployment, as found at the engine. */
export interface InventoryItem {
  readonly instanceId: string;
  readonly tenantId: string;
  readonly observation: Observation;
}

/** Implemented by drivers that can list this deployment's instances at the engine, independent of the database. */
export interface Inventory {
  /** All instances of this deployment, running or not. */
  list(signal: AbortSignal): Promise<readonly InventoryItem[]>;
  /**
   * Removes leftovers of an instance that has no database row.
   * @returns whether there were any
   */
  discard(instanceId: string, signal: AbortSignal): Promise<boolean>;
}

export function hasInventory(driver: ComputeDriver): driver is ComputeDriver & Inventory {
  return 'list' in driver && typeof driver.list === 'function';
}

/** `connected`: from here on, every change is reported. */
export type EngineEvent =
  | { readonly kind: 'connected' }
  /** An instance of this deployment was started, stopped or removed, by the service or by anyone else. */
  | { readonly kind: 'changed'; readonly instanceId: string };

/** Implemented by drivers whose engine reports changes when they happen. */
export interface EngineEvents {
  /** Ends when the signal aborts; rejects with `DriverError` if the connection fails or is lost. */
  events(signal: AbortSignal): AsyncIterable<EngineEvent>;
}

export function reportsEvents(driver: ComputeDriver): driver is ComputeDriver & EngineEvents {
  return 'events' in driver && typeof driver.events === 'function';
}

/** Implemented by drivers that keep guest console output. Lines have no line terminators. */
export interface ConsoleLog {
  /** The last lines, oldest first, at most `lines`. */
  tail(call: DriverCall, lines: number): Promise<readonly string[]>;
  /**
   * The same, then new lines until the guest ends or the call's signal aborts. `ended` aborts when the service has
   * recorded the instance as stopped or deleted, for drivers whose engine does not report the end.
   */
  follow(call: DriverCall, lines: number, ended?: AbortSignal): AsyncIterable<string>;
}

export function hasConsoleLog(driver: ComputeDriver): driver is ComputeDriver & ConsoleLog {
  return 'follow' in driver && typeof driver.follow === 'function';
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

/** Implemented by drivers that measure resource usage. */
export interface StatsReporter {
  /** @throws {DriverError} if the instance is not running. */
  usage(call: DriverCall): Promise<Usage>;
}

export function reportsStats(driver: ComputeDriver): driver is ComputeDriver & StatsReporter {
  return 'usage' in driver && typeof driver.usage === 'function';
}
