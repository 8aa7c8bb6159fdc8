import type { Resources } from '../../drivers/port/resources';
import type { InstanceType } from '../../drivers/port/instance-type';
import type { ImageSource } from '../../drivers';

/** Minimum size that an image needs; 0 if any size will do. */
export type Minimal = Omit<Resources, 'gpus'>;

/** An image that instances can start from, as defined in the catalog. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Tenants that can see and use it; null for all. */
  readonly tenants: ReadonlySet<string> | null;
  readonly minimal: Minimal;
  /** User that the SSH keys are for; null leaves that to the image. */
  readonly defaultUser: string | null;
  /** Its source for each kind of driver that can use it. */
  readonly sources: ReadonlyMap<string, ImageSource>;
}

export function isFor({ tenants }: Image, tenantId: string): boolean {
  return tenants?.has(tenantId) ?? true;
}

/** An image as shown to a tenant. */
export interface ListedImage extends Pick<Image, 'id' | 'name' | 'description' | 'defaultUser' | 'minimal'> {
  /** Types of instances that can start from it. */
  readonly types: readonly InstanceType[];
  /** The snapshot that it is, if it is one of the tenant's own; null for the catalog's. */
  readonly snapshotId: string | null;
}

/** Sizes, named as in the API. */
export const SIZES = ['vcpus', 'ramGB', 'diskGB'] as const;
