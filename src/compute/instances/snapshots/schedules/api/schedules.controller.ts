import { Body, Controller, Delete, Get, HttpCode, Param, Put, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant, CurrentCaller, type Caller } from '../../../../../access/tenancy';
import { etagOf } from '../../../../../platform/http/responses/etag';
import { NoBodyGuard } from '../../../../../platform/http/validation/no-body.guard';
import type { ChangeRequest } from '../../../actions/change-request';
import { Change } from '../../../api/change.decorator';
import { ChangeResponder } from '../../../api/change-responder';
import { presentInstance } from '../../../api/instance-presenter';
import { SchedulesService } from '../schedules.service';
import { SetScheduleDto, type SnapshotScheduleDto } from './schedule.dto';
import { ApiGetSchedule, ApiRemoveSchedule, ApiSetSchedule } from './schedules.openapi';

@ApiTags('snapshots')
@ApiTenant()
@Controller('api/v1/compute/instances/:id/snapshot-schedule')
export class SchedulesController {
  constructor(
    private readonly schedules: SchedulesService,
    private readonly responder: ChangeResponder,
  ) {}

  @Get()
  @ApiGetSchedule()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<SnapshotScheduleDto> {
    return this.schedules.get(caller, id);
  }

  @Put()
  @ApiSetSchedule()
  async set(
    @Param('id') id: string,
    @Body() request: SetScheduleDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentInstance(await this.schedules.set(id, request, keyed)),
      headOf: () => ({ status: 200, headers: {} }),
    });
  }

  @Delete()
  @HttpCode(204)
  @UseGuards(NoBodyGuard)
  @ApiRemoveSchedule()
  async remove(
    @Param('id') id: string,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => {
        const version = await this.schedules.remove(id, keyed);
        return { status: 204, headers: { ETag: etagOf(version) }, body: null };
      },
      headOf: () => ({ status: 204, headers: {} }),
    });
  }
}
