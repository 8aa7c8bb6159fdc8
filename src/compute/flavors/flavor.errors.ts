import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';

export const FLAVOR_ERRORS = defineErrors({
  invalid_flavor: {
    status: 400,
    example: 'Invalid flavor',
    retryable: false,
    meaning: 'No flavor has this name.',
    remedy: 'Use one of `acceptedFlavors`; `GET /flavors` describes them.',
  },
  flavor_not_found: {
    status: 404,
    example: 'Flavor not found',
    retryable: false,
    meaning: 'No flavor has this name.',
    remedy: 'Use a name that `GET /flavors` lists.',
  },
  flavor_exists: {
    status: 409,
    example: 'Flavor gpu-large exists or existed; choose another name',
    retryable: false,
    meaning:
      'A flavor with this name exists or existed. A name always means the same size, even after its flavor is retired.',
    remedy: 'Choose another name.',
  },
});

export class FlavorNotFoundError extends AppError {
  constructor() {
    super(FLAVOR_ERRORS.flavor_not_found);
  }
}

/** The requested flavor is unknown or retired; the document lists the available ones. */
export class InvalidFlavorError extends AppError {
  constructor(acceptedFlavors: readonly string[]) {
    super(FLAVOR_ERRORS.invalid_flavor, { extensions: { acceptedFlavors } });
  }
}

/** The name is taken, possibly by a retired flavor. */
export class FlavorExistsError extends AppError {
  constructor(name: string) {
    const message = `Flavor ${name} exists or existed; choose another name`;
    super(FLAVOR_ERRORS.flavor_exists, { message });
  }
}
