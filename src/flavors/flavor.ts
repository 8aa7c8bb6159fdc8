import { AppError } from '../common/errors/app.error';
import type { Resources } from '../common/resources';

/** A size that an instance can have. */
export interface Flavor extends Resources {
  readonly name: string;
  /** What it is meant for. */
  readonly description: string;
  /** Null where it has none, or any will do. */
  readonly gpuModel: string | null;
  /** No new instance can have it; those that do keep it. */
  readonly isRetired: boolean;
}

export type NewFlavor = Omit<Flavor, 'isRetired'>;

export const MAX_SIZE: Resources = { vcpus: 512, ramGB: 16_384, diskGB: 65_536, gpus: 16 };

export class FlavorNotFoundError extends AppError {
  constructor() {
    super('not_found', 'flavor_not_found', 'Flavor not found');
  }
}

/** A create that names a flavor which does not exist any more or never did; the document lists those that do. */
export class InvalidFlavorError extends AppError {
  constructor(acceptedFlavors: readonly string[]) {
    super('invalid', 'invalid_flavor', 'Invalid flavor', { extensions: { acceptedFlavors } });
  }
}

/** The name belongs to a flavor already, perhaps to a retired one that instances still have. */
export class FlavorExistsError extends AppError {
  constructor(name: string) {
    super('conflict', 'flavor_exists', `There is, or was, a flavor ${name}; choose another name`);
  }
}
