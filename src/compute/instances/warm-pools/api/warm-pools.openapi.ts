import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { IDEMPOTENCY_ERRORS } from '../../../../access/idempotency';
import { TENANCY_ERRORS } from '../../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../../platform/database';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../../platform/http/http.errors';
import { ApiProblems, BODY } from '../../../../platform/http/requests/api-problems.decorator';
import { FLAVOR_ERRORS } from '../../../flavors';
import { IMAGE_ERRORS } from '../../../images';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { WARM_POOL_ERRORS } from '../warm-pool.errors';
import { SetWarmPoolDto, WarmPoolDto, WarmPoolListDto } from './warm-pool.dto';

type Decorator = MethodDecorator;

const ACCESS = [TENANCY_ERRORS.operator_required, DATABASE_ERRORS.database_unavailable];
const PLAIN_WRITE = [
  HTTP_ERRORS.dry_run_unsupported,
  IDEMPOTENCY_ERRORS.idempotency_key_unsupported,
  HTTP_ERRORS.precondition_unsupported,
];

const ApiName = (): Decorator => ApiParam({ name: 'name', example: 'web', description: 'Name of the pool' });

export const ApiListWarmPools = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'listWarmPools',
      summary: 'List the warm pools (operator)',
      description:
        'Ordered by name, with the numbers of their instances. `WARM_POOL_MAX` limits how many there can be.',
    }),
    ApiOkResponse({ type: WarmPoolListDto }),
    ApiProblems(HTTP_ERRORS.malformed_request, ...ACCESS),
  );

export const ApiGetWarmPool = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'getWarmPool',
      summary: 'Get a warm pool (operator)',
      description: 'Shows how many instances are ready, and why the last preparation failed.',
    }),
    ApiName(),
    ApiOkResponse({ type: WarmPoolDto }),
    ApiProblems(
      HTTP_ERRORS.malformed_url,
      SERVICE_ERRORS.validation_failed,
      WARM_POOL_ERRORS.warm_pool_not_found,
      ...ACCESS,
    ),
  );

export const ApiSetWarmPool = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'setWarmPool',
      summary: 'Keep instances prepared (operator)',
      description:
        'Creates or replaces the pool. Its instances run before anyone asks for them; a request for the same `flavor`, `imageId` and `type` that needs nothing else from the start of the guest gets one at once. They count against `WARM_POOL_MAX`, and against the quota of a tenant from the hand-over. Instances that do not match a changed pool are deleted.',
    }),
    ApiName(),
    ApiBody({ type: SetWarmPoolDto }),
    ApiOkResponse({ type: WarmPoolDto }),
    ApiProblems(
      ...BODY,
      HTTP_ERRORS.malformed_url,
      FLAVOR_ERRORS.invalid_flavor,
      IMAGE_ERRORS.image_required,
      IMAGE_ERRORS.image_not_found,
      IMAGE_ERRORS.flavor_too_small,
      ENGINE_ERRORS.not_supported_by_engine,
      WARM_POOL_ERRORS.warm_pool_limit_exceeded,
      ...PLAIN_WRITE,
      ...ACCESS,
    ),
  );

export const ApiDeleteWarmPool = (): Decorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'deleteWarmPool',
      summary: 'Delete a warm pool (operator)',
      description: 'Its prepared instances are deleted. Those that were handed over stay.',
    }),
    ApiName(),
    ApiNoContentResponse({ description: 'The pool is deleted' }),
    ApiProblems(
      HTTP_ERRORS.malformed_url,
      SERVICE_ERRORS.validation_failed,
      HTTP_ERRORS.unsupported_media_type,
      WARM_POOL_ERRORS.warm_pool_not_found,
      ...PLAIN_WRITE,
      ...ACCESS,
    ),
  );
