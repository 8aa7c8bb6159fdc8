import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../../../../platform/http/requests/api-problems.decorator';
import { abortOnDisconnect } from '../../../../platform/http/responses/abort-on-disconnect';
import { sendResult } from '../../../../platform/http/responses/http-result';
import { sendEmpty } from '../../../../platform/http/responses/send';
import { ApiTenant, type Caller, CurrentCaller } from '../../../../access/tenancy';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { OPERATION_ERRORS } from '../../../operations';
import { InstanceDto } from '../../api/dto/instance.dto';
import { WaitForInstanceQuery } from './wait.query';
import { presentInstance } from '../../api/instance-presenter';
import { ACCESS, ApiInstanceId, ETAG } from '../../api/shared.openapi';
import { INSTANCE_ERRORS } from '../../instance.errors';
import { WaitsService } from '../waits.service';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/wait')
export class WaitsController {
  constructor(private readonly waits: WaitsService) {}

  @Get()
  @ApiOperation({
    operationId: 'waitForInstance',
    summary: 'Wait until an instance reaches a status or is ready',
    description:
      'Responds as soon as the status is reached, or immediately if it already is. The service is notified of the change, so clients need not poll.',
  })
  @ApiInstanceId()
  @ApiOkResponse({ type: InstanceDto, description: 'The instance in the requested status', headers: ETAG })
  @ApiNoContentResponse({ description: 'The instance is deleted, as requested' })
  @ApiProblems(
    SERVICE_ERRORS.validation_failed,
    ...ACCESS,
    OPERATION_ERRORS.wait_timeout,
    INSTANCE_ERRORS.instance_failed,
    INSTANCE_ERRORS.instance_not_ready,
    INSTANCE_ERRORS.instance_deleted,
    SERVICE_ERRORS.too_many_waits,
    SERVICE_ERRORS.shutting_down,
  )
  async wait(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { status: goal = 'ready', timeoutSeconds }: WaitForInstanceQuery,
    @Res() response: Response,
  ): Promise<void> {
    const options = { goal, timeoutMs: timeoutSeconds * 1000, signal: abortOnDisconnect(response) };
    const instance = await this.waits.wait(tenantId, id, options);
    if (instance) sendResult(response, presentInstance(instance));
    else sendEmpty(response, 204);
  }
}
