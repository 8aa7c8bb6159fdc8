import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiProblems, BODY } from '../../../platform/http/requests/api-problems.decorator';
import { CreateFlavorDto, FlavorDto, FlavorListDto, UpdateFlavorDto } from './flavor.dto';

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
    ApiProblems('malformed_request', 'database_unavailable'),
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
    ApiProblems('malformed_url', 'flavor_not_found', 'database_unavailable'),
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
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      schema: { type: 'string' },
      description: 'A unique text for this request, which makes it repeatable',
    }),
    ApiProblems(
      ...BODY,
      'operator_required',
      'flavor_exists',
      'idempotency_key_reused',
      'too_many_idempotency_keys',
      'dry_run_unsupported',
      'precondition_unsupported',
      'database_unavailable',
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
      'malformed_url',
      'operator_required',
      'flavor_not_found',
      'dry_run_unsupported',
      'idempotency_key_unsupported',
      'precondition_unsupported',
      'database_unavailable',
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
      'malformed_url',
      'validation_failed',
      'unsupported_media_type',
      'operator_required',
      'dry_run_unsupported',
      'idempotency_key_unsupported',
      'precondition_unsupported',
      'database_unavailable',
    ),
  );
