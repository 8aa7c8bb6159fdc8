import type { Abilities, AbilityName, Capacity } from './abilities';
import type { DriverCall, DriverResult, Observation } from './driver-call';
import type { InstanceType } from './instance-type';

/** A place where instances run. */
export interface HostFingerprint {
  /** Stays the same when the engine restarts; null if the host has no id yet. */
  readonly id: string | null;
  /** Totals, after allocation ratios. */
  readonly inventory: Capacity;
}

/** The current state, version and abilities of an engine. */
export type Fingerprint =
  | {
      readonly isUp: false;
      /** Why it is down. */
      readonly detail: string;
    }
  | {
      readonly isUp: true;
      /** Version of the engine. */
      readonly detail: string;
      readonly types: readonly InstanceType[];
      /** Exactly one for now. */
      readonly hosts: readonly HostFingerprint[];
      readonly abilities: readonly AbilityName[];
    };

/** Identifies a machine as a host, wherever its data is mounted and whatever its host name is. */
export interface LocalHost {
  /**
   * Undefined if it never had an instance.
   * @throws {DriverError} if that is unknown; the message is for operators
   */
  id(): Promise<string | undefined>;
  /** Creates the id if there is none. @throws {DriverError} if that is not possible */
  ensureId(): Promise<string>;
  /** From now on, as long as the machine has no id, `id` rejects and `fingerprint` reports the engine as down. */
  expectId(): void;
}

interface DriverCapabilities {
  readonly types: readonly InstanceType[];
  /**
   * How image ids are handled: ignored, looked up in the catalog and otherwise used as OCI image names, or looked up
   * in the catalog only.
   */
  readonly images: 'ignored' | 'named' | 'cataloged';
  /** Calls use no resources, so any number may run at once; other drivers are limited by `ENGINE_CONCURRENCY`. */
  readonly isUnlimited?: true;
  /** Metadata whose names begin with this change how the engine creates an instance. */
  readonly metadataPrefix?: string;
}

/**
 * Port to a compute engine. Every method is idempotent and safe to repeat after a crash at any point:
 * resources at the engine are named after the instance id, so a repeated `create` finds its own
 * partial work. A method resolves when the engine is done.
 *
 * Methods reject with `DriverError`; any other error counts as not retryable.
 * Drivers do not depend on the database, other drivers or features of the service.
 */
export interface ComputeDriver {
  readonly kind: string;
  /** Present if the instances run on this machine, so that only its own process reaches them. */
  readonly localHost?: LocalHost;
  readonly capabilities: DriverCapabilities;
  /** Identifies the boot of the host, which is this machine; undefined if it is another one, or that is unknown. */
  bootId?(): Promise<string | undefined>;
  /** May change when the engine is replaced. */
  readonly abilities: Abilities;
  /** Does not reject if the engine is down. Called often, so it costs the engine at most one call. */
  fingerprint(signal: AbortSignal): Promise<Fingerprint>;
  /**
   * Whether instances can be created before their tenant is known, as instances of `WARM_POOLS`: they reach no other
   * instance, and none reaches them, until `create` is called with their tenant and handle.
   */
  readonly canPrepare?: boolean;
  /** Creates the instance and powers it on. */
  create(call: DriverCall): Promise<DriverResult>;
  start(call: DriverCall): Promise<DriverResult>;
  stop(call: DriverCall): Promise<DriverResult>;
  /** Removes the instance, running or not, and everything that was created for it. */
  destroy(call: DriverCall): Promise<void>;
  inspect(call: DriverCall): Promise<Observation>;
}
