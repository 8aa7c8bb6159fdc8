import type { InstanceType } from '../../../drivers/port/instance-type';
import type { DriverHandle } from '../../../drivers';
import type { Resources } from '../../../drivers/port/resources';

export const SNAPSHOT_STATUSES = ['creating', 'available', 'deleting', 'error'] as const;
export type SnapshotStatus = (typeof SNAPSHOT_STATUSES)[number];

/** A snapshot as shown by the API. Times are Unix seconds, except `expiresAt` and `scheduledFor`. */
export interface Snapshot extends Resources {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  /** The instance that it was taken of, which may be deleted. */
  readonly instanceId: string;
  readonly status: SnapshotStatus;
  /** Why it is in `error`, or what it is waiting for. */
  readonly statusReason: string | null;
  /** Of the instance when it was taken, like the size and the image. */
  readonly type: InstanceType;
  readonly flavor: string;
  readonly imageId: string;
  readonly includeMemory: boolean;
  readonly quiesce: boolean;
  /** Space at the engine; null if it is unknown. */
  readonly sizeBytes: number | null;
  /** Volumes that were attached to the instance; their data is not in the snapshot. */
  readonly excludedVolumeIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  /** ISO 8601, in UTC; null if it does not expire. */
  readonly expiresAt: string | null;
  /** When the schedule that took it was due, likewise; null if a request asked for it. */
  readonly scheduledFor: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** A snapshot as its engine needs it, with what decides whether an instance can be made from it. */
export interface SnapshotSource extends Resources {
  readonly id: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly status: SnapshotStatus;
  readonly type: InstanceType;
  readonly imageId: string;
  readonly includeMemory: boolean;
  readonly driver: string;
  readonly hostId: string;
  readonly handle: DriverHandle | null;
}

/** Path of the snapshot, as in `Location`. */
export function snapshotPath(id: string): string {
  return `/api/v1/compute/snapshots/${id}`;
}
