import { Controller, HttpCode, Param, Post, Res, UseGuards, type Type } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant } from '../../../access/tenancy';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { traitsOf } from '../../operations';
import type { ChangeRequest } from '../actions/change-request';
import { ROUTED_ACTIONS, type RoutedAction } from '../actions/actions';
import { PowerService } from '../actions/power.service';
import { Change } from './change.decorator';
import { ChangeResponder } from './change-responder';
import { headOfAction, presentAction, presentForecast } from './instance-presenter';
import { ApiAction } from './instances.openapi';

/** The route `POST /instances/{id}/<action>`. */
function powerController(action: RoutedAction): Type {
  @ApiTags('instances')
  @ApiTenant()
  @Controller('api/v1/compute/instances/:id')
  class PowerController {
    constructor(
      private readonly power: PowerService,
      private readonly responder: ChangeResponder,
    ) {}

    @Post(action)
    @HttpCode(200)
    @UseGuards(NoBodyGuard)
    @ApiAction(action)
    async run(
      @Param('id') id: string,
      @Change() change: ChangeRequest,
      @Res() response: Response,
    ): Promise<void> {
      const isImmediate = traitsOf(action).isBackground && change.waitMs === null;
      await this.responder.answer(response, change, {
        make: async (keyed) => presentAction(await this.power.run(action, id, keyed)),
        dryRun: async () => presentForecast(await this.power.forecast(action, id, change)),
        headOf: isImmediate ? headOfAction : undefined,
      });
    }
  }
  return PowerController;
}

export const POWER_CONTROLLERS = ROUTED_ACTIONS.map(powerController);
