import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant } from '../../../../access/tenancy';
import type { ChangeRequest } from '../../actions/change-request';
import { Change } from '../../api/change.decorator';
import { ChangeResponder } from '../../api/change-responder';
import { presentAction, presentForecast } from '../../api/instance-presenter';
import { RebuildService } from '../rebuild.service';
import { RebuildDto } from './rebuild.dto';
import { ApiRebuild } from './rebuild.openapi';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class RebuildController {
  constructor(
    private readonly rebuilds: RebuildService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('rebuild')
  @HttpCode(200)
  @ApiRebuild()
  async rebuild(
    @Param('id') id: string,
    @Body() request: RebuildDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.rebuilds.rebuild(id, request, keyed)),
      dryRun: async () => presentForecast(await this.rebuilds.forecast(id, request, change)),
    });
  }
}
