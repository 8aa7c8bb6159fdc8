import { AppError } from '../../platform/errors/app.error';
import type { Resources } from '../../drivers/port/resources';
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

/** Sizes, named as in the API. */
export const SIZES = ['vcpus', 'ramGB', 'diskGB'] as const;

/** The image does not exist, belongs to another tenant, or is for another engine. Deliberately does not say which. */
export class ImageNotFoundError extends AppError {
  constructor(acceptedImages: string) {
    super('invalid', 'image_not_found', 'Image not found', { extensions: { acceptedImages } });
  }
}

/** The request has no `imageId`, and the engine for its type cannot create an instance without an image. */
export class ImageRequiredError extends AppError {
  constructor(acceptedImages: string) {
    const detail = 'imageId is required; GET /images lists the available images';
    super('invalid', 'image_required', detail, { extensions: { acceptedImages } });
  }
}

/** The document contains the minimum size. */
export class FlavorTooSmallError extends AppError {
  constructor(flavor: Minimal, minimal: Minimal) {
    const lacking = SIZES.filter((size) => flavor[size] < minimal[size]);
    const numbers = lacking.map((size) => `${flavor[size]} ${size}, ${minimal[size]} needed`);
    super('invalid', 'flavor_too_small', `Flavor is too small for the image: ${numbers.join('; ')}`, {
      extensions: { minimal },
    });
  }
}
