import { Injectable } from '@nestjs/common';
import {
  NO_GUEST,
  type ComputeDriver,
  type DriverCall,
  type ImageSource,
  type InstanceSpec,
  type Verb,
} from '../../../drivers';
import { HostsService } from '../../hosts';
import { ImagesService } from '../../images';
import type { DriverTarget } from './driver-target';

export interface DriverCallOptions {
  readonly purpose: Verb;
  readonly signal: AbortSignal;
  /** Called with the progress of the engine. */
  readonly progress?: (text: string) => void;
}

/** Builds driver calls for stored instances. */
@Injectable()
export class DriverCallFactory {
  constructor(
    private readonly hosts: HostsService,
    private readonly images: ImagesService,
  ) {}

  /** @throws {DriverError} if this replica does not reach the host of the instance. */
  driverOf({ hostId }: Pick<DriverTarget, 'hostId'>): ComputeDriver {
    return this.hosts.driverOf(hostId);
  }

  callOf(
    target: DriverTarget,
    { purpose, signal, progress = () => undefined }: DriverCallOptions,
  ): DriverCall {
    const { tenantId, imageId, handle } = target;
    const image = this.images.sourceFor(imageId, this.driverOf(target).kind);
    const imageCheck = image === null ? this.images.checkFor(tenantId, imageId) : null;
    return { instance: toSpec(target, image), imageCheck, handle, purpose, progress, signal };
  }
}

function toSpec(target: DriverTarget, image: ImageSource | null): InstanceSpec {
  const { id, tenantId, name, type, flavor, imageId, networkIds, volumeIds, metadata } = target;
  const guest = { ...NO_GUEST, ...target.guest };
  return { id, tenantId, name, type, flavor, imageId, image, guest, networkIds, volumeIds, metadata };
}
