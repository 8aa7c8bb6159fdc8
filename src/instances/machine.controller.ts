import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { clientGone } from '../common/http/client-gone';
import { sendDocument } from '../common/http/send';
import { SseStream } from '../common/http/sse';
import { ApiTenant, Tenant } from '../tenancy';
import { ConsoleQuery } from './dto/machine.dto';
import { ApiConsole, ApiStats } from './machine.openapi';
import { MachineService } from './machine.service';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class MachineController {
  constructor(private readonly machines: MachineService) {}

  @Get('console')
  @ApiConsole()
  async console(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Query() { lines, follow }: ConsoleQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const follows = follow === undefined ? prefersEvents(request) : follow === 'true';
    if (!follows)
      await answer(response, tenantId, (signal) => this.machines.tail(tenantId, id, lines, signal));
    else if (request.method === 'HEAD') {
      // Express routes HEAD to the GET handler, and a HEAD response has no body.
      await this.machines.assertConsole(tenantId, id);
      response.end();
    } else await this.machines.follow(tenantId, id, lines, new SseStream(response));
  }

  @Get('stats')
  @ApiStats()
  async stats(@Tenant() tenantId: string, @Param('id') id: string, @Res() response: Response): Promise<void> {
    await answer(response, tenantId, async (signal) =>
      JSON.stringify(await this.machines.stats(tenantId, id, signal)),
    );
  }
}

function prefersEvents(request: Request): boolean {
  return request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream';
}

/** Drops errors after the client has disconnected. */
async function answer(
  response: Response,
  tenantId: string,
  ask: (signal: AbortSignal) => Promise<string>,
): Promise<void> {
  const signal = clientGone(response);
  try {
    sendDocument(response, tenantId, await ask(signal));
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
