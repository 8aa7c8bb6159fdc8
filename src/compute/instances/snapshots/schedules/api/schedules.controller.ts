import { Body, Controller, Delete, Get, HttpCode, Param, Put, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { NoIdempotencyKeyGuard } from '../../../../../access/idempotency';
import { ApiTenant, CurrentCaller, type Caller } from '../../../../../access/tenancy';
import { NoDryRunGuard } from '../../../../../platform/http/requests/dry-run';
import { NoBodyGuard } from '../../../../../platform/http/validation/no-body.guard';
import { SchedulesService } from '../schedules.service';
import { SetScheduleDto, type SnapshotScheduleDto } from './schedule.dto';
import { ApiGetSchedule, ApiRemoveSchedule, ApiSetSchedule } from './schedules.openapi';

@ApiTags('snapshots')
@ApiTenant()
@UseGuards(NoDryRunGuard)
@Controller('api/v1/compute/instances/:id/snapshot-schedule')
export class SchedulesController {
  constructor(private readonly schedules: SchedulesService) {}

  @Get()
  @ApiGetSchedule()
  get(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<SnapshotScheduleDto> {
    return this.schedules.get(caller, id);
  }

  @Put()
  @UseGuards(NoIdempotencyKeyGuard)
  @ApiSetSchedule()
  set(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() request: SetScheduleDto,
  ): Promise<SnapshotScheduleDto> {
    return this.schedules.set(caller, id, request);
  }

  @Delete()
  @HttpCode(204)
  @UseGuards(NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiRemoveSchedule()
  remove(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.schedules.remove(caller, id);
  }
}
