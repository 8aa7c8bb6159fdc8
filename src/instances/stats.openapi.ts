import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { StatsDto } from './dto/stats.dto';
import { ENGINE_QUERY_PROBLEMS } from './engine.errors';
import { ACCESS, ApiInstanceId } from './shared.openapi';

export const ApiStats = (): MethodDecorator =>
  applyDecorators(
    ApiOperation({
      operationId: 'readStats',
      summary: 'Current resource usage of a running instance',
      description: 'Measured by the engine. Concurrent requests share one measurement.',
    }),
    ApiInstanceId(),
    ApiOkResponse({ type: StatsDto }),
    ApiProblems('instance_not_running', 'stats_unsupported', ...ACCESS, ...ENGINE_QUERY_PROBLEMS),
  );
