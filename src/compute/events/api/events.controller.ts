import { Controller, Get, Headers, Param, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../../../platform/http/requests/api-problems.decorator';
import { nextLink } from '../../../platform/http/responses/next-link';
import { PagingQuery } from '../../../platform/http/validation/paging.dto';
import { ApiTenant, TENANCY_ERRORS, type Caller, CurrentCaller } from '../../../access/tenancy';
import { DATABASE_ERRORS } from '../../../platform/database';
import { SERVICE_ERRORS } from '../../../platform/errors/service.errors';
import { HTTP_ERRORS } from '../../../platform/http/http.errors';
import { INSTANCE_ERRORS, STREAM_ERRORS } from '../../instances';
import { fromEventId } from '../cursor';
import { InstanceEventListDto, FollowEventsQuery } from './event.dto';
import { EventHub } from '../event-hub';
import { EventStream } from './event-stream';
import { EventsService } from '../events.service';
import { EVENT_ERRORS } from '../event.errors';

const EXAMPLE = `retry: 1000
id: AaQNAAA

id: AaUNAAA
event: create.requested
data: {"instanceId":"019342d0-3f79-7d02-8b1a-77c3a0e5f2a4","version":1,"type":"create.requested","from":null,"to":"creating","reason":null,"actor":"tenant:tenant-a","requestId":"5f0c8f5e-0f0b-4a70-9c39-3ef1d5a3a6b1","operationId":"019342d0-3f7a-7c11-9a57-0c5f2d1b8e10","at":1767225600}

`;

@ApiTags('events')
@ApiTenant()
@Controller('api/v1/compute')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly hub: EventHub,
  ) {}

  @Get('instances/:id/events')
  @ApiOperation({
    operationId: 'listInstanceEvents',
    summary: 'The history of an instance, oldest first',
    description:
      'One event for each version. Events are kept for `EVENT_RETENTION_DAYS`, even after the instance is deleted.',
  })
  @ApiParam({
    name: 'id',
    format: 'uuid',
    example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4',
    description: 'Id of the instance',
  })
  @ApiOkResponse({ type: InstanceEventListDto })
  @ApiProblems(
    HTTP_ERRORS.malformed_url,
    SERVICE_ERRORS.validation_failed,
    SERVICE_ERRORS.invalid_page_token,
    TENANCY_ERRORS.invalid_tenant,
    SERVICE_ERRORS.access_denied,
    INSTANCE_ERRORS.instance_not_found,
    DATABASE_ERRORS.too_many_lists,
    DATABASE_ERRORS.database_unavailable,
  )
  async history(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() query: PagingQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InstanceEventListDto> {
    const page = await this.events.history(tenantId, id, query);
    response.set(nextLink(`/api/v1/compute/instances/${id}/events`, query, page.nextPageToken));
    return page;
  }

  @Get('events')
  @ApiOperation({
    operationId: 'followEvents',
    summary: "Stream the tenant's events (Server-Sent Events)",
    description:
      'Starts now, or after the event with the given id: no event is lost or repeated when a client reconnects, to any replica. Events of one instance arrive in order.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'Id of the last received event',
    schema: { type: 'string' },
  })
  @ApiOkResponse({
    description:
      'The stream. It ends when the replica shuts down, the client does not read, or `EVENT_STREAM_MAX_SECONDS` or `EVENT_STREAM_IDLE_SECONDS` have passed. Reconnect with `Last-Event-ID`',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: EXAMPLE } },
  })
  @ApiProblems(
    SERVICE_ERRORS.validation_failed,
    EVENT_ERRORS.invalid_event_id,
    TENANCY_ERRORS.invalid_tenant,
    STREAM_ERRORS.event_streams_disabled,
    STREAM_ERRORS.too_many_streams,
    SERVICE_ERRORS.shutting_down,
    DATABASE_ERRORS.database_unavailable,
  )
  async follow(
    @CurrentCaller() { tenantId }: Caller,
    @Headers('last-event-id') header: string | undefined,
    @Query() { lastEventId }: FollowEventsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const id = header === undefined || header === '' ? lastEventId : header;
    const position = id === undefined ? undefined : fromEventId(id);
    const stream = new EventStream(tenantId, response);
    // Express also routes HEAD requests here; their response must not have a body.
    if (request.method === 'HEAD') response.end();
    else await this.hub.follow(stream, position);
  }
}
