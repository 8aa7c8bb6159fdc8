import { Body, Controller, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { HttpConfig } from '../../../../platform/http/http.config';
import { NoDryRunGuard } from '../../../../platform/http/requests/dry-run';
import { NoIdempotencyKeyGuard } from '../../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller } from '../../../../access/tenancy';
import { SessionsService } from '../sessions.service';
import { CreateSessionDto, type SessionDto } from './session.dto';
import { sessionUrl } from './session-url';
import { ApiCreateSession } from './sessions.openapi';

@ApiTags('instances')
@ApiTenant()
// A stored response would have a ticket that is used or has expired.
@UseGuards(NoDryRunGuard, NoIdempotencyKeyGuard)
@Controller('api/v1/compute/instances/:id/console-sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly config: HttpConfig,
  ) {}

  @Post()
  @ApiCreateSession()
  async create(
    @CurrentCaller() caller: Caller,
    @Param('id') instanceId: string,
    @Body() body: CreateSessionDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionDto> {
    const session = await this.sessions.create(caller, instanceId, body);
    response.setHeader('Cache-Control', 'no-store');
    const { id, kind, expiresAt } = session;
    const { publicUrl } = this.config;
    return { id, kind, expiresAt, url: sessionUrl(request, { publicUrl, instanceId, session }) };
  }
}
