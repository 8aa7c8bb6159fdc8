import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../../../../platform/http/requests/api-problems.decorator';
import { StatsDto } from './stats.dto';
import { ENGINE_ERRORS } from '../../engine/engine.errors';
import { ACCESS, ApiInstanceId, ENGINE_QUERY_ERRORS } from '../../api/shared.openapi';
import { INSTANCE_ERRORS } from '../../instance.errors';

export const ApiStats = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'readStats',
      summary: 'Current resource usage of a running instance',
      description: 'Measured by the engine. Concurrent requests share one measurement.',
    }),
    ApiInstanceId(),
    ApiOkResponse({ type: StatsDto }),
    ApiProblems(
      INSTANCE_ERRORS.instance_not_running,
      ENGINE_ERRORS.stats_unsupported,
      ...ACCESS,
      ...ENGINE_QUERY_ERRORS,
    ),
  );
