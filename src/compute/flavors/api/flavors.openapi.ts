import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { DATABASE_ERRORS } from '../../../platform/database';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { ApiIdempotencyKeyHeader, IDEMPOTENCY_ERRORS } from '../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../access/tenancy';
import { FLAVOR_ERRORS } from '../flavor.errors';
import { CreateFlavorDto, FlavorDto, FlavorListDto, UpdateFlavorDto } from './flavor.dto';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';

const CREATIONS = {
  plain: {
    summary: 'CPUs and memory',
    value: { name: 'memory-large', vcpus: 4, ramGB: 64, diskGB: 80, description: 'Suitable for caches' },
  },
  gpu: {
    summary: 'With GPUs',
    value: { name: 'gpu-large', vcpus: 8, ramGB: 64, diskGB: 200, gpus: 1, gpuModel: 'nvidia-l40s' },
  },
};

type Decorator = MethodDecorator;

const ApiName = (): Decorator =>
  ApiParam({ name: 'name', example: 'medium', description: 'Name of the flavor' });

export const ApiListFlavors = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listFlavors',
      summary: 'List the flavors for new instances',
      description: 'Retired flavors are not listed.',
      security: [],
    }),
    ApiOkResponse({ type: FlavorListDto }),
    ApiProblems(HTTP_ERRORS.malformed_request, DATABASE_ERRORS.database_unavailable),
  );

export const ApiGetFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getFlavor',
      summary: 'Get one flavor, even a retired one',
      description: 'Instances keep their flavor when it is retired; new ones cannot use it.',
      security: [],
    }),
    ApiName(),
    ApiOkResponse({ type: FlavorDto }),
    ApiProblems(
      HTTP_ERRORS.malformed_url,
      FLAVOR_ERRORS.flavor_not_found,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiCreateFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'createFlavor',
      summary: 'Add a flavor (operator)',
      description: 'A name always means the same size, so the name of a removed flavor cannot be used again.',
    }),
    ApiBody({ type: CreateFlavorDto, examples: CREATIONS }),
    ApiCreatedResponse({
      type: FlavorDto,
      headers: {
        Location: {
          description: 'The new flavor',
          schema: { type: 'string', example: '/api/v1/compute/flavors/gpu-large' },
        },
      },
    }),
    ApiIdempotencyKeyHeader(),
    ApiProblems(
      ...BODY,
      TENANCY_ERRORS.operator_required,
      FLAVOR_ERRORS.flavor_exists,
      IDEMPOTENCY_ERRORS.idempotency_key_reused,
      IDEMPOTENCY_ERRORS.too_many_idempotency_keys,
      HTTP_ERRORS.dry_run_unsupported,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiUpdateFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'updateFlavor',
      summary: 'Change the description of a flavor (operator)',
      description:
        'The size of a flavor never changes, because instances have it. Create another flavor instead.',
    }),
    ApiName(),
    ApiBody({
      type: UpdateFlavorDto,
      examples: {
        description: { summary: 'Purpose of the flavor', value: { description: 'Suitable for training' } },
      },
    }),
    ApiOkResponse({ type: FlavorDto }),
    ApiProblems(
      ...BODY,
      HTTP_ERRORS.malformed_url,
      TENANCY_ERRORS.operator_required,
      FLAVOR_ERRORS.flavor_not_found,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );

export const ApiDeleteFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteFlavor',
      summary: 'Remove or retire a flavor (operator)',
      description:
        'Removes the flavor if no instance has it. Otherwise retires it: existing instances keep it, and new ones cannot ' +
        'use it. Repeat the request to remove a retired flavor that is no longer in use.',
    }),
    ApiName(),
    ApiNoContentResponse({ description: 'The flavor is removed or retired' }),
    ApiProblems(
      HTTP_ERRORS.malformed_url,
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      TENANCY_ERRORS.operator_required,
      HTTP_ERRORS.dry_run_unsupported,
      IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
      HTTP_ERRORS.precondition_unsupported,
      DATABASE_ERRORS.database_unavailable,
    ),
  );
