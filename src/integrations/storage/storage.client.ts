import type { CallContext, IntegrationState, Owner } from '../integration';

export interface VolumeSpec {
  readonly name: string;
  readonly sizeGB: number;
  readonly type: string;
}

/**
 * The platform's Storage service. Attaching and detaching are idempotent.
 *
 * Methods reject with `PlatformServiceError` if the service is unreachable or its response is invalid.
 */
export abstract class StorageClient {
  /** Whether the service is configured; if not, ids are accepted unchecked. */
  abstract readonly isEnabled: boolean;
  abstract state(): Promise<IntegrationState>;
  /**
   * @throws {ReferenceRefusedError} if the volume does not exist, belongs to another tenant, or is attached to
   *   an instance other than `instanceId`.
   */
  abstract check(context: CallContext, volumeId: string, instanceId: string | null): Promise<void>;
  /** Id of the volume created earlier for this owner, if any. */
  abstract findByOwner(context: CallContext, owner: Owner): Promise<string | undefined>;
  /** Creates another volume for this owner; returns its id. */
  abstract make(context: CallContext, spec: VolumeSpec, owner: Owner): Promise<string>;
  /**
   * Waits until the volume can be attached, without changing it; ends when the context's signal aborts.
   * @throws {ReferenceRefusedError} like `check`.
   */
  abstract awaitAttachable(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Attaches a volume after `awaitAttachable`. @throws {ReferenceRefusedError} like `check`. */
  abstract attach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Detaches the volume if it is attached to this instance; otherwise does nothing. */
  abstract detach(context: CallContext, volumeId: string, instanceId: string): Promise<void>;
  /** Detaches all volumes from an instance that is being deleted, including any not attached by this service. */
  abstract detachAll(context: CallContext, instanceId: string): Promise<void>;
  /**
   * Removes the volumes created for this owner except `keepId`. Detaches each first if it is attached to this
   * instance, and waits until its creation has finished.
   */
  abstract deleteByOwner(context: CallContext, owner: Owner, keepId: string | null): Promise<void>;
}
