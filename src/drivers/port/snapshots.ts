import type { DriverCall, DriverHandle, DriverResult } from './driver-call';

/** A snapshot at its engine. It does not depend on its instance, which may change or be gone. */
export interface SnapshotRef {
  readonly id: string;
  readonly tenantId: string;
  /** Null if no call has returned one, e.g. after a crash while it was taken. */
  readonly handle: DriverHandle | null;
}

export interface NewSnapshot extends Pick<SnapshotRef, 'id' | 'tenantId'> {
  /** Whether it contains the memory of the guest, which runs or is paused. */
  readonly includesMemory: boolean;
  /** Whether the guest writes its buffers to its disk and stops writing while the snapshot is taken. */
  readonly isQuiesced: boolean;
  /** Whether the instance is paused, and stays so. Otherwise, a guest that an interrupted attempt has frozen goes on. */
  readonly isPaused: boolean;
}

export interface TakenSnapshot {
  readonly handle: DriverHandle;
  /** Space that it uses at the engine; null if the engine does not report it. */
  readonly sizeBytes: number | null;
}

/**
 * Takes snapshots of instances. All methods can be repeated: what a snapshot consists of at the engine is named after
 * its id.
 */
export interface Snapshots {
  /** Why a guest cannot be quiesced, given the handle of its last call; undefined if it can. */
  whyNotQuiesced(handle: DriverHandle | null): string | undefined;
  /**
   * Takes a snapshot of the instance, running or not; nothing of it is left after an error. A guest that ran goes on
   * running, also after an error, and after a crash at the latest when the call is repeated or `abandon` is
   * called. If an earlier attempt has taken it, returns that.
   */
  take(call: DriverCall, snapshot: NewSnapshot): Promise<TakenSnapshot>;
  /**
   * Undoes whatever an interrupted `take` did, for a snapshot that is given up: removes what there is of it; the guest
   * writes to its disk and runs again.
   */
  abandon(call: DriverCall, snapshot: Pick<NewSnapshot, 'id' | 'tenantId' | 'isPaused'>): Promise<void>;
  /** @throws {DriverError} if the snapshot is not there, or the instance of the call cannot be made from it */
  check(call: DriverCall, snapshot: SnapshotRef): Promise<void>;
  /**
   * Gives the stopped instance the disk of the snapshot. If the snapshot contains memory, the next `start` goes on from
   * it instead of booting.
   */
  restore(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult>;
  /** Like `create` of the driver, with the disk of the snapshot instead of that of the image. */
  create(call: DriverCall, snapshot: SnapshotRef, options: FromSnapshot): Promise<DriverResult>;
  /** Removes it; succeeds if it is not there. Instances made from it are not affected. */
  remove(snapshot: SnapshotRef, signal: AbortSignal): Promise<void>;
}

export interface FromSnapshot {
  /** Whether the guest goes on from the memory in the snapshot instead of booting. */
  readonly resumesMemory: boolean;
}
