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
  unknown_image: {
    status: 404,
    example: 'Image not found',
    retryable: false,
    meaning: 'Neither the catalog nor the tenant has an image with this id, or the tenant may not use it.',
    remedy: 'Check the id with `GET /images`. After a delete, this response means success.',
  },
  image_exists: {
    status: 409,
    example: 'There is an image web-golden already; choose another id',
    retryable: false,
    meaning: 'The catalog or the tenant has an image with this id. Nothing was changed.',
    remedy: 'Choose another id, or delete your image first.',
  },
  image_in_catalog: {
    status: 409,
    example: 'The image debian-12 is in the catalog; only images of your own can be deleted',
    retryable: false,
    meaning: 'The image is not one of the tenant but in the catalog, which operators change.',
    remedy: 'Nothing needs to be deleted. `GET /images` lists your own images with a `snapshotId`.',
  },
  too_many_images: {
    status: 409,
    example: 'The tenant has reached its limit of 100 images',
    retryable: false,
    meaning: 'The tenant has as many images as `IMAGES_PER_TENANT` allows.',
    remedy: 'Delete an image that is no longer needed.',
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

/** Neither the catalog nor the tenant has it; deliberately the same for an image of another tenant. */
export class UnknownImageError extends AppError {
  constructor() {
    super(IMAGE_ERRORS.unknown_image);
  }
}

/** The catalog or the tenant has an image with this id. */
export class ImageExistsError extends AppError {
  constructor(id: string) {
    super(IMAGE_ERRORS.image_exists, {
      message: `There is an image ${id} already; choose another id`,
    });
  }
}

/** It is not the tenant's, so the tenant cannot delete it. */
export class ImageInCatalogError extends AppError {
  constructor(id: string) {
    super(IMAGE_ERRORS.image_in_catalog, {
      message: `The image ${id} is in the catalog; only images of your own can be deleted`,
    });
  }
}

export class TooManyImagesError extends AppError {
  constructor(limit: number) {
    super(IMAGE_ERRORS.too_many_images, { message: `The tenant has reached its limit of ${limit} images` });
  }
}
