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
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** What a driver wants to be given back with the next call; the core stores it and never looks inside. */
export interface DriverHandle {
  /** Version of the shape of `data`, so that a later driver can read what an earlier one left. */
  readonly v: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Why a verb is called: engines may pace a restart unlike a start, or log it under its name. */
export type Purpose = 'create' | 'start' | 'stop' | 'restart' | 'delete' | 'inspect';

export interface DriverCall {
  readonly instance: InstanceSpec;
  /** Null where no earlier call has returned one, e.g. after a crash in the middle of the first `create`. */
  readonly handle: DriverHandle | null;
  readonly purpose: Purpose;
  /** Aborted when the result is not wanted any more; the verb then rejects soon, with what it had begun undone. */
  readonly signal: AbortSignal;
}

/** What an engine says of an instance; that it knows none is an answer, not an error. */
export type Observation =
  | { readonly presence: 'absent' }
  | { readonly presence: 'present'; readonly power: 'running' | 'stopped' }
  | { readonly presence: 'present'; readonly power: 'failed'; readonly reason: string };

export interface DriverHealth {
  readonly isUp: boolean;
  /** Version of the engine, or why it is down. */
  readonly detail: string;
}

export interface DriverCapabilities {
  readonly types: readonly InstanceType[];
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

/** An engine could not do what it was asked to. `retryable` alone decides whether it is asked again. */
export class DriverError extends Error {
  readonly retryable: boolean;

  constructor(message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'DriverError';
    this.retryable = options.retryable;
  }
}
