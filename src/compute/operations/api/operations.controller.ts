import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { abortOnDisconnect } from '../../../platform/http/responses/abort-on-disconnect';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../platform/http/responses/next-link';
import { WaitQuery } from '../../../platform/http/validation/wait.dto';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { ListOperationsQuery, OperationDto, OperationListDto } from './operation.dto';
import { OperationsService } from '../operations.service';

const PATH = 'api/v1/compute/operations';

const ApiOperationId = (): MethodDecorator =>
  ApiParam({
    name: 'id',
    format: 'uuid',
    example: '019342d0-3f7a-7c11-9a57-0c5f2d1b8e10',
    description: 'Id of the operation',
  });

@ApiTags('operations')
@ApiTenant()
@Controller(PATH)
export class OperationsController {
  constructor(private readonly operations: OperationsService) {}

  @Get()
  @ApiOperation({
    operationId: 'listOperations',
    summary: "List the tenant's operations, newest first",
    description: 'Finished operations are kept for `HISTORY_RETENTION_DAYS`.',
  })
  @ApiOkResponse({ type: OperationListDto })
  @ApiProblems(
    'validation_failed',
    'invalid_page_token',
    'invalid_tenant',
    'too_many_lists',
    'database_unavailable',
  )
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: ListOperationsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperationListDto> {
    const page = await this.operations.list(tenantId, query);
    response.set(nextLink(`/${PATH}`, query, page.nextPageToken));
    return page;
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'getOperation',
    summary: 'Get one operation',
    description: 'If it has failed or will be retried, `error` contains the cause.',
  })
  @ApiOperationId()
  @ApiOkResponse({ type: OperationDto })
  @ApiProblems(
    'malformed_url',
    'invalid_tenant',
    'access_denied',
    'operation_not_found',
    'database_unavailable',
  )
  get(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<OperationDto> {
    return this.operations.get(tenantId, id);
  }

  @Get(':id/wait')
  @ApiOperation({
    operationId: 'waitForOperation',
    summary: 'Wait until an operation finishes',
    description: 'Responds as soon as the operation has finished, successfully or not.',
  })
  @ApiOperationId()
  @ApiOkResponse({ type: OperationDto })
  @ApiProblems(
    'malformed_url',
    'validation_failed',
    'invalid_tenant',
    'access_denied',
    'operation_not_found',
    'wait_timeout',
    'too_many_waits',
    'shutting_down',
    'database_unavailable',
  )
  wait(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { timeoutSeconds }: WaitQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperationDto> {
    return this.operations.wait(tenantId, id, timeoutSeconds * 1000, abortOnDisconnect(response));
  }
}
