import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ERRORS_PATH } from '../platform/http/problems/problem';
import { ApiProblems } from '../platform/http/requests/api-problems.decorator';
import { Public } from '../access/tenancy';
import { HTTP_ERRORS } from '../platform/http/http.errors';
import { errorsPage } from './errors.page';

const PAGE = Buffer.from(errorsPage());

/** The page that the `type` of every problem document links to. */
@ApiTags('errors')
@Public()
@Controller(ERRORS_PATH)
export class ErrorsController {
  @Get()
  @ApiOperation({
    operationId: 'getErrors',
    summary: 'Reference page of all error codes',
    description: 'The `type` of every error links to its code on this page.',
    security: [],
  })
  @ApiOkResponse({ content: { 'text/html': { schema: { type: 'string', example: '<h1>Errors</h1>' } } } })
  @ApiProblems(HTTP_ERRORS.malformed_request)
  page(@Res() response: Response): void {
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': PAGE.length,
      'Cache-Control': 'public, max-age=3600',
    });
    response.end(PAGE);
  }
}
