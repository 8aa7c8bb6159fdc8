import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant, CurrentCaller, type Caller } from '../../../../access/tenancy';
import type { HttpResult } from '../../../../platform/http/responses/http-result';
import { nextLink } from '../../../../platform/http/responses/next-link';
import { sendDocument } from '../../../../platform/http/responses/send';
import type { ChangeRequest } from '../../actions/change-request';
import { Change } from '../../api/change.decorator';
import { ChangeResponder, type ResumedChange } from '../../api/change-responder';
import { presentAction, presentForecast } from '../../api/instance-presenter';
import { RestoreService } from '../restore.service';
import { SnapshotNotFoundError } from '../snapshot.errors';
import { SnapshotsService } from '../snapshots.service';
import { TakingService } from '../taking.service';
import { CreateSnapshotDto, ListInstanceSnapshotsQuery, RestoreDto } from './snapshot.dto';
import { headOfTaking, presentSnapshotForecast, presentTaking } from './snapshot-presenter';
import { ApiCreateSnapshot, ApiListSnapshotsOf, ApiRestore } from './snapshots.openapi';

@ApiTags('snapshots')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class InstanceSnapshotsController {
  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly takings: TakingService,
    private readonly restores: RestoreService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('snapshots')
  @ApiCreateSnapshot()
  async take(
    @Param('id') id: string,
    @Body() request: CreateSnapshotDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentTaking(await this.takings.take(id, request, keyed)),
      resumed: (resumed) => this.resumed(change, resumed),
      dryRun: async () =>
        presentSnapshotForecast('snapshot', await this.takings.forecast(id, request, change)),
      headOf: change.waitMs === null ? headOfTaking : undefined,
    });
  }

  @Get('snapshots')
  @ApiListSnapshotsOf()
  async list(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: ListInstanceSnapshotsQuery,
    @Res() response: Response,
  ): Promise<void> {
    const { document, nextPageToken } = await this.snapshots.listOf(caller, id, query);
    const path = `/api/v1/compute/instances/${id}/snapshots`;
    sendDocument(response, caller.tenantId, document, { headers: nextLink(path, query, nextPageToken) });
  }

  @Post('restore')
  @HttpCode(200)
  @ApiRestore()
  async restore(
    @Param('id') id: string,
    @Body() request: RestoreDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.restores.restore(id, request, keyed)),
      dryRun: async () => presentForecast(await this.restores.forecast(id, request, change)),
    });
  }

  private async resumed({ caller }: ChangeRequest, { operation }: ResumedChange): Promise<HttpResult> {
    const { id: operationId, snapshotId } = operation;
    if (snapshotId === null) throw new SnapshotNotFoundError();
    const snapshot = await this.snapshots.get(caller.tenantId, snapshotId);
    return presentTaking({ snapshot, snapshotId, operationId });
  }
}
