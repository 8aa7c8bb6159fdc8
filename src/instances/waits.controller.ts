import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiProblems } from '../common/http/api-problems.decorator';
import { clientGone } from '../common/http/client-gone';
import { sendAnswer } from '../common/http/answer';
import { sendEmpty } from '../common/http/send';
import { ApiTenant, Tenant } from '../tenancy';
import { InstanceDto } from './dto/instance.dto';
import { WaitForInstanceQuery } from './dto/wait.query';
import { instanceAnswer } from './instance.response';
import { ACCESS, ApiInstanceId, ETAG } from './instances.openapi';
import { WaitsService } from './waits.service';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/wait')
export class WaitsController {
  constructor(private readonly waits: WaitsService) {}

  @Get()
  @ApiOperation({
    operationId: 'waitForInstance',
    summary: 'Wait until an instance has a status',
    description:
      'Answers as soon as it is reached, also where it is already. It is woken by the change: asking again and again is not needed.',
  })
  @ApiInstanceId()
  @ApiOkResponse({ type: InstanceDto, description: 'The instance, as waited for', headers: ETAG })
  @ApiNoContentResponse({ description: 'It is gone, as waited for' })
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
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Query() { status: goal, timeoutSeconds }: WaitForInstanceQuery,
    @Res() response: Response,
  ): Promise<void> {
    const options = { goal, timeoutMs: timeoutSeconds * 1000, signal: clientGone(response) };
    const instance = await this.waits.wait(tenantId, id, options);
    if (instance) sendAnswer(response, instanceAnswer(instance));
    else sendEmpty(response, 204);
  }
}
