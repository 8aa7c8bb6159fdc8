import { Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant } from '../../../../access/tenancy';
import { NoBodyGuard } from '../../../../platform/http/validation/no-body.guard';
import type { ChangeRequest } from '../../actions/change-request';
import { Change } from '../../api/change.decorator';
import { ChangeResponder } from '../../api/change-responder';
import { presentAction, presentForecast } from '../../api/instance-presenter';
import { DeletionsService } from '../deletions.service';
import { ApiUndelete } from './undelete.openapi';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class UndeleteController {
  constructor(
    private readonly deletions: DeletionsService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('undelete')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiUndelete()
  async undelete(
    @Param('id') id: string,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.deletions.undelete(id, keyed)),
      dryRun: async () => presentForecast(await this.deletions.forecastUndelete(id, change)),
    });
  }
}
