import type { CallContext, IntegrationState, MadeFor } from '../integration';

export interface VolumeSpec {
  readonly name: string;
  readonly sizeGB: number;
  readonly type: string;
}

/**
 * The platform's Storage service. Attaching and detaching may be repeated: they end in the same state.
 *
 * Methods reject with `NeighbourError` where the service cannot be reached or answers nonsense.
 */
export abstract class StorageClient {
  /** Whether there is such a service; where there is none, ids are taken as they are given. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /**
   * @throws {ReferenceRefusedError} where it does not exist, is another tenant's, or is in use by
   *   another instance than `instanceId`.
   */
  abstract check(context: CallContext, volumeId: string, instanceId: string | null): Promise<void>;
  /** The id of what was made under a mark; undefined where there is none so far. */
  abstract findMade(context: CallContext, madeFor: MadeFor): Promise<string | undefined>;
  /** Makes one more volume under a mark; gives its id. */
  abstract make(context: CallContext, spec: VolumeSpec, madeFor: MadeFor): Promise<string>;
  /**
   * Waits until the volume can be attached; changes nothing, and ends when the signal of the context aborts.
   * @throws {ReferenceRefusedError} like `check`.
   */
  abstract awaitAttachable(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Attaches a volume that has been waited for. @throws {ReferenceRefusedError} like `check`. */
  abstract attach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Detaches it where it is attached to this instance; what is gone or another's is left alone. */
  abstract detach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Detaches whatever is attached to an instance that goes, also what was attached past this service. */
  abstract detachAll(context: CallContext, instanceId: string): Promise<void>;
  /**
   * Removes everything that was made under a mark except `keepId`; detaches it first if it is attached to this
   * instance, and waits until it has been created.
   */
  abstract removeMade(context: CallContext, madeFor: MadeFor, keepId: string | null): Promise<void>;
}
