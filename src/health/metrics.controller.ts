import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../platform/http/requests/api-problems.decorator';
import { Public } from '../access/tenancy';
import { Metrics } from '../platform/metrics';
import { HTTP_ERRORS } from '../platform/http/http.errors';

@ApiTags('health')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({
    operationId: 'getMetrics',
    summary: 'Metrics in Prometheus text format',
    description: 'The metrics of this replica, and the number of instances and operations in the database.',
    security: [],
  })
  @ApiOkResponse({
    content: {
      'text/plain': { schema: { type: 'string', example: 'compute_queue_depth{status="pending"} 0' } },
    },
  })
  @ApiProblems(HTTP_ERRORS.malformed_request)
  async get(@Res() response: Response): Promise<void> {
    const { registry } = this.metrics;
    response.type(registry.contentType).send(await registry.metrics());
  }
}
