import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Operator } from '../../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../../platform/database';
import { SERVICE_ERRORS } from '../../../../platform/errors/service.errors';
import { ApiProblems } from '../../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../../platform/http/responses/next-link';
import { AuditPageDto, SearchAuditQuery } from './audit.dto';
import { AuditService } from '../audit.service';

const PATH = 'api/v1/compute/audit';

@ApiTags('events')
@Operator()
@Controller(PATH)
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get()
  @ApiOperation({
    operationId: 'searchAudit',
    summary: 'Search the changes of all instances, newest first (operator)',
    description:
      'Who changed what, when, and by which request, as long as events are kept: `EVENT_RETENTION_DAYS`. ' +
      'A page may have fewer events than `limit`, or none, and still a `nextPageToken`: `examinedTo` shows how far back it has looked.',
  })
  @ApiOkResponse({ type: AuditPageDto })
  @ApiProblems(
    SERVICE_ERRORS.validation_failed,
    SERVICE_ERRORS.invalid_page_token,
    DATABASE_ERRORS.too_many_lists,
    DATABASE_ERRORS.database_unavailable,
  )
  async search(
    @Query() query: SearchAuditQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AuditPageDto> {
    const page = await this.audit.search(query);
    response.set(nextLink(`/${PATH}`, query, page.nextPageToken));
    return page;
  }
}
