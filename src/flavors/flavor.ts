import { AppError } from '../common/errors/app.error';

/** A size that an instance can have. */
export interface Flavor {
  readonly name: string;
  readonly vcpus: number;
  readonly ramGB: number;
  readonly diskGB: number;
  /** What it is meant for. */
  readonly description: string;
}

/** In the order in which they are listed. */
export const FLAVORS: readonly Flavor[] = [
  { name: 'small', vcpus: 1, ramGB: 1, diskGB: 10, description: 'Suitable for development and testing' },
  { name: 'medium', vcpus: 2, ramGB: 4, diskGB: 40, description: 'Suitable for web applications' },
  { name: 'large', vcpus: 4, ramGB: 8, diskGB: 80, description: 'Suitable for databases' },
  { name: 'xlarge', vcpus: 8, ramGB: 16, diskGB: 160, description: 'Suitable for big data and analytics' },
];

export class FlavorNotFoundError extends AppError {
  constructor() {
    super('not_found', 'flavor_not_found', 'Flavor not found');
  }
}

/** A create that names a flavor which does not exist; the document lists those that do. */
export class InvalidFlavorError extends AppError {
  constructor(acceptedFlavors: readonly string[]) {
    super('invalid', 'invalid_flavor', 'Invalid flavor', { extensions: { acceptedFlavors } });
  }
}
