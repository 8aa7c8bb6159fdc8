import { AppError } from '../common/errors/app.error';
import type { Resources } from '../common/resources';
import type { ImageSource } from '../drivers';

/** The least that an image needs; 0 where it needs nothing special. */
export type Minimal = Omit<Resources, 'gpus'>;

/** Something that an instance can start from, as the catalogue has it. */
export interface Image {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Who may use it, and is told of it; null is everybody. */
  readonly tenants: ReadonlySet<string> | null;
  readonly minimal: Minimal;
  /** Whom keys are for; null leaves that to the image. */
  readonly defaultUser: string | null;
  /** Where it comes from, for each kind of driver that can use it. */
  readonly sources: ReadonlyMap<string, ImageSource>;
}

export function isFor({ tenants }: Image, tenantId: string): boolean {
  return tenants?.has(tenantId) ?? true;
}

/** The sizes as the API names them. */
export const SIZES = ['vcpus', 'ramGB', 'diskGB'] as const;

/** There is none of this id for this tenant and this engine; which of it is nobody's business. */
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

/** The document says what the image needs. */
export class FlavorTooSmallError extends AppError {
  constructor(flavor: Minimal, minimal: Minimal) {
    const lacking = SIZES.filter((size) => flavor[size] < minimal[size]);
    const numbers = lacking.map((size) => `${flavor[size]} ${size}, ${minimal[size]} needed`);
    super('invalid', 'flavor_too_small', `Flavor is too small for the image: ${numbers.join('; ')}`, {
      extensions: { minimal },
    });
  }
}
