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
import { ApiProblems } from '../common/http/api-problems.decorator';
import { CreateFlavorDto, FlavorDto, FlavorListDto, UpdateFlavorDto } from './flavor.dto';

const BODY = [
  'malformed_json',
  'malformed_encoding',
  'validation_failed',
  'request_timeout',
  'body_too_large',
  'unsupported_media_type',
] as const;

const CREATIONS = {
  plain: {
    summary: 'Processors and memory',
    value: { name: 'memory-large', vcpus: 4, ramGB: 64, diskGB: 80, description: 'Suitable for caches' },
  },
  gpu: {
    summary: 'With graphics processors',
    value: { name: 'gpu-large', vcpus: 8, ramGB: 64, diskGB: 200, gpus: 1, gpuModel: 'nvidia-l40s' },
  },
};

type Decorator = MethodDecorator;

const ApiName = (): Decorator => ApiParam({ name: 'name', example: 'medium' });

export const ApiListFlavors = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listFlavors',
      summary: 'List the flavors that a new instance can have',
      security: [],
    }),
    ApiOkResponse({ type: FlavorListDto }),
    ApiProblems('malformed_request', 'database_unavailable'),
  );

export const ApiGetFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getFlavor',
      summary: 'Get one flavor, also a retired one that instances have',
      security: [],
    }),
    ApiName(),
    ApiOkResponse({ type: FlavorDto }),
    ApiProblems('malformed_url', 'flavor_not_found', 'database_unavailable'),
  );

export const ApiCreateFlavor = (): Decorator =>
  applyDecorators(
    ApiOperation({ operationId: 'createFlavor', summary: 'Add a flavor (operator)' }),
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
    ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string' } }),
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
      summary: 'Describe a flavor anew (operator)',
      description: 'The size of a flavor never changes: instances have it. Make another one instead.',
    }),
    ApiName(),
    ApiBody({
      type: UpdateFlavorDto,
      examples: {
        description: { summary: 'What it is meant for', value: { description: 'Suitable for training' } },
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
      summary: 'Take a flavor out of use (operator)',
      description:
        'It is gone where no instance has it. Otherwise it is retired: instances keep it, and new ones cannot ' +
        'have it. Repeat it to remove a retired one that nothing has any more.',
    }),
    ApiName(),
    ApiNoContentResponse({ description: 'No new instance can have it' }),
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
