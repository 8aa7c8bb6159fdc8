import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiTenant, CurrentCaller, type Caller } from '../../../../access/tenancy';
import { etagOf, matchesNone } from '../../../../platform/http/responses/etag';
import { sendResult } from '../../../../platform/http/responses/http-result';
import { nextLink } from '../../../../platform/http/responses/next-link';
import { sendDocument, sendEmpty } from '../../../../platform/http/responses/send';
import { NoBodyGuard } from '../../../../platform/http/validation/no-body.guard';
import type { ChangeRequest } from '../../actions/change-request';
import { Change } from '../../api/change.decorator';
import { ChangeResponder } from '../../api/change-responder';
import { SnapshotDeletionService } from '../snapshot-deletion.service';
import { SnapshotsService } from '../snapshots.service';
import { ListSnapshotsQuery, UpdateSnapshotDto } from './snapshot.dto';
import { presentSnapshot, presentSnapshotDeletion, presentSnapshotForecast } from './snapshot-presenter';
import { ApiDeleteSnapshot, ApiGetSnapshot, ApiListSnapshots, ApiUpdateSnapshot } from './snapshots.openapi';

const PATH = 'api/v1/compute/snapshots';

@ApiTags('snapshots')
@ApiTenant()
@Controller(PATH)
export class SnapshotsController {
  constructor(
    private readonly snapshots: SnapshotsService,
    private readonly deletions: SnapshotDeletionService,
    private readonly responder: ChangeResponder,
  ) {}

  @Get()
  @ApiListSnapshots()
  async list(
    @CurrentCaller() caller: Caller,
    @Query() query: ListSnapshotsQuery,
    @Res() response: Response,
  ): Promise<void> {
    const { document, nextPageToken } = await this.snapshots.list(caller, query);
    sendDocument(response, caller.tenantId, document, {
      headers: nextLink(`/${PATH}`, query, nextPageToken),
    });
  }

  @Get(':id')
  @ApiGetSnapshot()
  async get(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const snapshot = await this.snapshots.get(tenantId, id);
    const isKnown = matchesNone(ifNoneMatch, snapshot.version);
    if (isKnown) sendEmpty(response, 304, { ETag: etagOf(snapshot.version) });
    else sendResult(response, presentSnapshot(snapshot));
  }

  @Patch(':id')
  @ApiUpdateSnapshot()
  async update(
    @Param('id') id: string,
    @Body() changes: UpdateSnapshotDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentSnapshot(await this.snapshots.update(id, changes, keyed)),
      headOf: () => ({ status: 200, headers: {} }),
      mayChangeNothing: true,
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(NoBodyGuard)
  @ApiDeleteSnapshot()
  async delete(
    @Param('id') id: string,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentSnapshotDeletion(await this.deletions.delete(id, keyed)),
      resumed: async ({ operation }) =>
        presentSnapshotDeletion(await this.deletions.outcome(operation.id, id, change)),
      dryRun: async () =>
        presentSnapshotForecast('delete_snapshot', await this.deletions.forecast(id, change)),
    });
  }
}
