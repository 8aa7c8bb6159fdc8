import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SseStream } from '../../../../platform/http/responses/sse';
import { ApiTenant, type Caller, CurrentCaller } from '../../../../access/tenancy';
import { ApiConsole } from './console.openapi';
import { ConsoleService } from '../console.service';
import { ConsoleQuery } from './console.dto';
import { sendQueried } from '../../api/send-queried';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/console')
export class ConsoleController {
  constructor(private readonly consoles: ConsoleService) {}

  @Get()
  @ApiConsole()
  async read(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { lines, follow }: ConsoleQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const follows = follow === undefined ? prefersEvents(request) : follow === 'true';
    if (!follows)
      await sendQueried(response, tenantId, (signal) => this.consoles.tail(tenantId, id, lines, signal));
    else if (request.method === 'HEAD') {
      // Express routes HEAD to the GET handler, and a HEAD response has no body.
      await this.consoles.assertConsole(tenantId, id);
      response.end();
    } else await this.consoles.follow(tenantId, id, lines, new SseStream(response));
  }
}

function prefersEvents(request: Request): boolean {
  return request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream';
}
