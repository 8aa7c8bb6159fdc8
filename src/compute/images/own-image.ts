import type { InstanceType } from '../../drivers/port/instance-type';

/** A tenant's name for one of its snapshots, used like an image. */
export interface OwnImage {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly snapshotId: string;
  /** Type of the instance in the snapshot. */
  readonly type: InstanceType;
  /** Its image. */
  readonly baseImageId: string;
  /** Size of its disk. */
  readonly diskGB: number;
}

/** Without `/`, `:` and `@`, so that it is never the full name of an OCI image. */
export const OWN_ID = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
