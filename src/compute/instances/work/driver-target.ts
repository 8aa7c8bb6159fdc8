import type { InstanceType } from '../../../drivers/port/instance-type';
import type { DriverHandle, GuestSpec, InstanceSpec } from '../../../drivers';

import { HOST_OF_I } from '../../hosts';

/** The data of a stored instance that its driver gets. */
export interface DriverTarget {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly type: InstanceType;
  /** With the size that the instance has. */
  readonly flavor: InstanceSpec['flavor'];
  readonly imageId: string;
  /** As given in the request, without defaults. */
  readonly guest: Partial<GuestSpec>;
  readonly networkIds: readonly string[];
  readonly volumeIds: readonly string[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly hostId: string;
  readonly handle: DriverHandle | null;
}

/** Columns of the row `i` of `instances` that make a `DriverTarget`. */
export const DRIVER_TARGET_OF_I = `
  i.id, i.tenant_id AS "tenantId", i.name, i.type, i.image_id AS "imageId",
  json_build_object(
    'name', i.flavor, 'vcpus', i.vcpus, 'ramGB', i.ram_gb, 'diskGB', i.disk_gb, 'gpus', i.gpus
  ) AS flavor,
  i.network_ids AS "networkIds", i.volume_ids AS "volumeIds", i.metadata, i.guest, ${HOST_OF_I} AS "hostId", i.handle`;
