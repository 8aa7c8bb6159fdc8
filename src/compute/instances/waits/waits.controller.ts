import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { abortOnDisconnect } from '../../../platform/http/responses/abort-on-disconnect';
import { sendResult } from '../../../platform/http/responses/http-result';
import { sendEmpty } from '../../../platform/http/responses/send';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { InstanceDto } from '../api/dto/instance.dto';
import { WaitForInstanceQuery } from './wait.query';
import { presentInstance } from '../api/instance-presenter';
import { ACCESS, ApiInstanceId, ETAG } from '../api/shared.openapi';
import { WaitsService } from './waits.service';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/wait')
export class WaitsController {
  constructor(private readonly waits: WaitsService) {}

  @Get()
  @ApiOperation({
    operationId: 'waitForInstance',
    summary: 'Wait until an instance reaches a status',
    description:
      'Responds as soon as the status is reached, or immediately if it already is. The service is notified of the change, so clients need not poll.',
  })
  @ApiInstanceId()
  @ApiOkResponse({ type: InstanceDto, description: 'The instance in the requested status', headers: ETAG })
  @ApiNoContentResponse({ description: 'The instance is deleted, as requested' })
  @ApiProblems(
    'validation_failed',
    ...ACCESS,
    'wait_timeout',
    'instance_failed',
    'instance_deleted',
    'too_many_waits',
    'shutting_down',
  )
  async wait(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { status: goal, timeoutSeconds }: WaitForInstanceQuery,
    @Res() response: Response,
  ): Promise<void> {
    const options = { goal, timeoutMs: timeoutSeconds * 1000, signal: abortOnDisconnect(response) };
    const instance = await this.waits.wait(tenantId, id, options);
    if (instance) sendResult(response, presentInstance(instance));
    else sendEmpty(response, 204);
  }
}
