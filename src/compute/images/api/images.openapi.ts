import { applyDecorators } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { IDEMPOTENCY_ERRORS } from '../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { IMAGE_ERRORS } from '../image.errors';
import { ImageDto, ImageListDto } from './image.dto';

type Decorator = MethodDecorator;

const ApiImageId = (): Decorator =>
  ApiParam({
    name: 'id',
    example: 'debian-12',
    description: 'Id of the image; if it contains a slash, encoded as `%2F`',
  });

const OF_IMAGE = [
  HTTP_ERRORS.malformed_url,
  TENANCY_ERRORS.invalid_tenant,
  IMAGE_ERRORS.unknown_image,
  DATABASE_ERRORS.database_unavailable,
];

export const ApiListImages = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listImages',
      summary: 'List the images for new instances, by id',
      description:
        'The image catalog of the operator, and the images that the tenant has published from its snapshots. Container engines also accept names of OCI images that are not in it.',
    }),
    ApiOkResponse({ type: ImageListDto }),
    ApiProblems(
      SERVICE_ERRORS.validation_failed,
      SERVICE_ERRORS.invalid_page_token,
      TENANCY_ERRORS.invalid_tenant,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiGetImage = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getImage',
      summary: 'Get one image',
      description: 'An image of the catalog, or one that the tenant has published.',
    }),
    ApiImageId(),
    ApiOkResponse({ type: ImageDto }),
    ApiProblems(...OF_IMAGE),
  );

export const ApiDeleteImage = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteImage',
      summary: 'Delete an image that the tenant has published',
      description:
        'Its snapshot stays, and can then be deleted. Instances created from the image are not affected.',
    }),
    ApiImageId(),
    ApiNoContentResponse({ description: 'The image is deleted' }),
    ApiProblems(
      ...OF_IMAGE,
      IMAGE_ERRORS.image_in_catalog,
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
    ),
  );
