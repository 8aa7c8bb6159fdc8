import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { ApiIdempotencyKeyHeader, IDEMPOTENCY_ERRORS } from '../../../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../../../platform/database';
import { HTTP_ERRORS } from '../../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../../platform/http/requests/api-problems.decorator';
import { IMAGE_ERRORS, ImageDto } from '../../../../images';
import { text } from '../../../api/shared.openapi';
import { SNAPSHOT_ERRORS } from '../../snapshot.errors';
import { PublishImageDto } from './publish.dto';

const EXAMPLE = {
  snapshotId: '019342d0-3f7b-7e21-8c3d-5a6b7c8d9e0f',
  id: 'web-golden',
  name: 'Web server, hardened',
};

export const ApiPublishImage = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'publishImage',
      summary: 'Make an image of a snapshot',
      description:
        'A name for the snapshot, which only this tenant sees and uses: `imageId` of new instances, on the engine and host that have the snapshot. Nothing is copied, and the snapshot cannot be deleted while the image exists.',
    }),
    ApiBody({
      type: PublishImageDto,
      examples: { plain: { summary: 'An image of a snapshot', value: EXAMPLE } },
    }),
    ApiCreatedResponse({
      type: ImageDto,
      headers: { Location: text('The new image', '/api/v1/compute/images/web-golden') },
    }),
    ApiIdempotencyKeyHeader(),
    ApiProblems(
      ...BODY,
      TENANCY_ERRORS.invalid_tenant,
      SNAPSHOT_ERRORS.snapshot_not_found,
      SNAPSHOT_ERRORS.snapshot_not_available,
      SNAPSHOT_ERRORS.snapshot_contended,
      IMAGE_ERRORS.image_exists,
      IMAGE_ERRORS.too_many_images,
      IDEMPOTENCY_ERRORS.idempotency_key_reused,
      IDEMPOTENCY_ERRORS.too_many_idempotency_keys,
      HTTP_ERRORS.dry_run_unsupported,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );
