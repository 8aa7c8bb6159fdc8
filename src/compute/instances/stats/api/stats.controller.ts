import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant, type Caller, CurrentCaller } from '../../../../access/tenancy';
import { sendQueried } from '../../api/send-queried';
import { ApiStats } from './stats.openapi';
import { StatsService } from '../stats.service';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/stats')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get()
  @ApiStats()
  async read(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Res() response: Response,
  ): Promise<void> {
    await sendQueried(response, tenantId, async (signal) =>
      JSON.stringify(await this.stats.read(tenantId, id, signal)),
    );
  }
}
