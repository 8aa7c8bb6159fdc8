import { AppError } from '../../platform/errors/app.error';
import { defineErrors } from '../../platform/errors/define-errors';
import { SIZES, type Minimal } from './image';

export const IMAGE_ERRORS = defineErrors({
  image_required: {
    status: 400,
    example: 'imageId is required; GET /images lists the available images',
    retryable: false,
    meaning:
      'The request has no `imageId`, and the engine for this type cannot create an instance without an image.',
    remedy: 'Set `imageId` to one of `acceptedImages`; `GET /images` lists the images in the catalog.',
  },
  image_not_found: {
    status: 400,
    example: 'Image not found',
    retryable: false,
    meaning: 'No image has this id, the tenant may not use it, or the engine for this type cannot run it.',
    remedy: 'Use one of `acceptedImages`; `GET /images` lists the images in the catalog.',
  },
  flavor_too_small: {
    status: 400,
    example: 'Flavor is too small for the image: 10 diskGB, 20 needed',
    retryable: false,
    meaning: 'The image needs more than the flavor offers; `minimal` contains the minimum.',
    remedy: 'Use a larger flavor; `GET /flavors` describes them.',
  },
});

/** The image does not exist, belongs to another tenant, or is for another engine. Deliberately does not say which. */
export class ImageNotFoundError extends AppError {
  constructor(acceptedImages: string) {
    super(IMAGE_ERRORS.image_not_found, { extensions: { acceptedImages } });
  }
}

/** The request has no `imageId`, and the engine for its type cannot create an instance without an image. */
export class ImageRequiredError extends AppError {
  constructor(acceptedImages: string) {
    super(IMAGE_ERRORS.image_required, { extensions: { acceptedImages } });
  }
}

/** The document contains the minimum size. */
export class FlavorTooSmallError extends AppError {
  constructor(flavor: Minimal, minimal: Minimal) {
    const lacking = SIZES.filter((size) => flavor[size] < minimal[size]);
    const numbers = lacking.map((size) => `${flavor[size]} ${size}, ${minimal[size]} needed`);
    super(IMAGE_ERRORS.flavor_too_small, {
      message: `Flavor is too small for the image: ${numbers.join('; ')}`,
      extensions: { minimal },
    });
  }
}
