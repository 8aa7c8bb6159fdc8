import { Controller, Get, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { sendJson } from '../platform/http/responses/send';
import { ApiProblems } from '../platform/http/requests/api-problems.decorator';
import { Public } from '../access/tenancy';
import { HTTP_ERRORS } from '../platform/http/http.errors';
import { CheckDto, HealthDto, LivenessDto, ReadinessDto } from './health.dto';
import { ReadinessService } from './readiness.service';
import { HEALTH_ERRORS } from './health.errors';

const HEALTH: HealthDto = { status: 'healthy', service: 'compute-service' };
const HEALTHY = JSON.stringify(HEALTH);

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get()
  @ApiOperation({
    operationId: 'getHealth',
    summary: 'Constant health response for gateways',
    description: 'Checks nothing; `/health/ready` does.',
    security: [],
  })
  @ApiOkResponse({ type: HealthDto })
  @ApiProblems(HTTP_ERRORS.malformed_request)
  health(@Res() response: Response): void {
    sendJson(response, HEALTHY);
  }

  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'Liveness of the process',
    description: 'Needs neither the database nor an engine: restart the process if it does not respond.',
    security: [],
  })
  @ApiOkResponse({ type: LivenessDto })
  @ApiProblems(HTTP_ERRORS.malformed_request)
  live(): LivenessDto {
    return { status: 'live', uptimeSeconds: Math.floor(process.uptime()) };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Readiness: database, worker, engines and platform services',
    description:
      'Responds 503 if this replica cannot serve requests. If only an engine or a platform service is down, the status is `degraded`.',
    security: [],
  })
  @ApiExtraModels(CheckDto)
  @ApiOkResponse({ type: ReadinessDto })
  @ApiProblems(HTTP_ERRORS.malformed_request, HEALTH_ERRORS.not_ready)
  ready(): Promise<ReadinessDto> {
    return this.readiness.check();
  }
}
