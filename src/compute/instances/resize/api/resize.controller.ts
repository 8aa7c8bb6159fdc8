import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant } from '../../../../access/tenancy';
import type { ChangeRequest } from '../../actions/change-request';
import { Change } from '../../api/change.decorator';
import { ChangeResponder } from '../../api/change-responder';
import { presentAction, presentForecast } from '../../api/instance-presenter';
import { ResizeService } from '../resize.service';
import { ResizeDto } from './resize.dto';
import { ApiResize } from './resize.openapi';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class ResizeController {
  constructor(
    private readonly resizes: ResizeService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('resize')
  @HttpCode(200)
  @ApiResize()
  async resize(
    @Param('id') id: string,
    @Body() { flavor, allowRestart = false }: ResizeDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    const request = { flavor, allowRestart };
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.resizes.resize(id, request, keyed)),
      dryRun: async () => presentForecast(await this.resizes.forecast(id, request, change)),
    });
  }
}
