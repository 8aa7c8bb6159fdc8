import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { abortOnDisconnect } from '../../../platform/http/responses/abort-on-disconnect';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../platform/http/responses/next-link';
import { WaitQuery } from '../../../platform/http/validation/wait.dto';
import { ApiTenant, TENANCY_ERRORS, type Caller, CurrentCaller } from '../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { ListOperationsQuery, OperationDto, OperationListDto, toOperationDto } from './operation.dto';
import { OperationsService } from '../operations.service';
import { OPERATION_ERRORS } from '../operation.errors';

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
    SERVICE_ERRORS.validation_failed,
    SERVICE_ERRORS.invalid_page_token,
    TENANCY_ERRORS.invalid_tenant,
    DATABASE_ERRORS.too_many_lists,
    DATABASE_ERRORS.database_unavailable,
  )
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Query() query: ListOperationsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperationListDto> {
    const { instanceId, ...paging } = query;
    const page = await this.operations.list(tenantId, {
      ...paging,
      ...(instanceId !== undefined && { resourceId: instanceId }),
    });
    response.set(nextLink(`/${PATH}`, query, page.nextPageToken));
    return { ...page, operations: page.operations.map(toOperationDto) };
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
    HTTP_ERRORS.malformed_url,
    TENANCY_ERRORS.invalid_tenant,
    SERVICE_ERRORS.access_denied,
    OPERATION_ERRORS.operation_not_found,
    DATABASE_ERRORS.database_unavailable,
  )
  async get(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<OperationDto> {
    return toOperationDto(await this.operations.get(tenantId, id));
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
    HTTP_ERRORS.malformed_url,
    SERVICE_ERRORS.validation_failed,
    TENANCY_ERRORS.invalid_tenant,
    SERVICE_ERRORS.access_denied,
    OPERATION_ERRORS.operation_not_found,
    OPERATION_ERRORS.wait_timeout,
    SERVICE_ERRORS.too_many_waits,
    SERVICE_ERRORS.shutting_down,
    DATABASE_ERRORS.database_unavailable,
  )
  async wait(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { timeoutSeconds }: WaitQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OperationDto> {
    const timeoutMs = timeoutSeconds * 1000;
    return toOperationDto(await this.operations.wait(tenantId, id, timeoutMs, abortOnDisconnect(response)));
  }
}
