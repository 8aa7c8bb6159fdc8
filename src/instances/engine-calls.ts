import { Injectable } from '@nestjs/common';
import {
  DriverRegistry,
  NO_GUEST,
  type ComputeDriver,
  type DriverCall,
  type ImageSource,
  type InstanceSpec,
  type Purpose,
} from '../drivers';
import { ImagesService } from '../images';
import type { EngineTarget } from './engine-target';

export interface EngineCallOptions {
  readonly purpose: Purpose;
  readonly signal: AbortSignal;
  /** Called with the progress of the engine. */
  readonly progress?: (text: string) => void;
}

/** Builds driver calls for stored instances. */
@Injectable()
export class EngineCalls {
  constructor(
    private readonly drivers: DriverRegistry,
    private readonly images: ImagesService,
  ) {}

  driverOf({ driver }: Pick<EngineTarget, 'driver'>): ComputeDriver {
    return this.drivers.byName(driver);
  }

  callOf(
    target: EngineTarget,
    { purpose, signal, progress = () => undefined }: EngineCallOptions,
  ): DriverCall {
    const { tenantId, imageId, driver, handle } = target;
    const image = this.images.sourceFor(imageId, driver);
    const imageCheck = image === null ? this.images.checkFor(tenantId, imageId) : null;
    return { instance: toSpec(target, image), imageCheck, handle, purpose, progress, signal };
  }
}

function toSpec(target: EngineTarget, image: ImageSource | null): InstanceSpec {
  const { id, tenantId, name, type, flavor, imageId, networkIds, volumeIds, metadata } = target;
  const guest = { ...NO_GUEST, ...target.guest };
  return { id, tenantId, name, type, flavor, imageId, image, guest, networkIds, volumeIds, metadata };
}
