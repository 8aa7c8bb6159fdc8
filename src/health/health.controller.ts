import { Controller, Get, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { sendJson } from '../common/http/send';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { Public } from '../tenancy';
import { CheckDto, HealthDto, LivenessDto, ReadinessDto } from './health.dto';
import { ReadinessService } from './readiness.service';

const HEALTH: HealthDto = { status: 'healthy', service: 'compute-service' };
const HEALTHY = JSON.stringify(HEALTH);

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly readiness: ReadinessService) {}

  @Get()
  @ApiOperation({ operationId: 'getHealth', summary: 'Constant health response for gateways', security: [] })
  @ApiOkResponse({ type: HealthDto })
  @ApiProblems('malformed_request')
  health(@Res() response: Response): void {
    sendJson(response, HEALTHY);
  }

  @Get('live')
  @ApiOperation({ operationId: 'getLiveness', summary: 'Liveness of the process', security: [] })
  @ApiOkResponse({ type: LivenessDto })
  @ApiProblems('malformed_request')
  live(): LivenessDto {
    return { status: 'live', uptimeSeconds: Math.floor(process.uptime()) };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Readiness: database, worker, engines and platform services',
    security: [],
  })
  @ApiExtraModels(CheckDto)
  @ApiOkResponse({ type: ReadinessDto })
  @ApiProblems('malformed_request', 'not_ready')
  ready(): Promise<ReadinessDto> {
    return this.readiness.check();
  }
}
