import { AppError } from '../../platform/errors/app.error';
import type { Resources } from '../../drivers/port/resources';

/** A size for instances. */
export interface Flavor extends Resources {
  readonly name: string;
  /** Intended use. */
  readonly description: string;
  /** Null without GPUs, or if the model does not matter. */
  readonly gpuModel: string | null;
  /** New instances cannot use it; existing ones keep it. */
  readonly isRetired: boolean;
}

export type NewFlavor = Omit<Flavor, 'isRetired'>;

export const MAX_SIZE: Resources = { vcpus: 512, ramGB: 16_384, diskGB: 65_536, gpus: 16 };

export class FlavorNotFoundError extends AppError {
  constructor() {
    super('not_found', 'flavor_not_found', 'Flavor not found');
  }
}

/** The requested flavor is unknown or retired; the document lists the available ones. */
export class InvalidFlavorError extends AppError {
  constructor(acceptedFlavors: readonly string[]) {
    super('invalid', 'invalid_flavor', 'Invalid flavor', { extensions: { acceptedFlavors } });
  }
}

/** The name is taken, possibly by a retired flavor. */
export class FlavorExistsError extends AppError {
  constructor(name: string) {
    super('conflict', 'flavor_exists', `Flavor ${name} exists or existed; choose another name`);
  }
}
