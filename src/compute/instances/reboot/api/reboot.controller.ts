import { Body, Controller, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant } from '../../../../access/tenancy';
import { OptionalBodyGuard } from '../../../../platform/http/validation/optional-body.guard';
import type { ChangeRequest } from '../../actions/change-request';
import { PowerService } from '../../actions/power.service';
import { Change } from '../../api/change.decorator';
import { ChangeResponder } from '../../api/change-responder';
import { presentAction, presentForecast } from '../../api/instance-presenter';
import { rebootArgs } from '../reboot-args';
import { RebootDto } from './reboot.dto';
import { ApiReboot } from './reboot.openapi';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class RebootController {
  constructor(
    private readonly power: PowerService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('reboot')
  @HttpCode(200)
  @UseGuards(OptionalBodyGuard)
  @ApiReboot()
  async reboot(
    @Param('id') id: string,
    @Body() { type = 'soft' }: RebootDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.power.run('reboot', id, keyed, rebootArgs(type))),
      dryRun: async () => presentForecast(await this.power.forecast('reboot', id, change)),
    });
  }
}
