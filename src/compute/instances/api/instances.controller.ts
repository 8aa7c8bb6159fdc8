import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { etagOf, matchesNone } from '../../../platform/http/responses/etag';
import { nextLink } from '../../../platform/http/responses/next-link';
import { sendResult } from '../../../platform/http/responses/http-result';
import { assertRoomFor, sendDocument, sendEmpty } from '../../../platform/http/responses/send';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { ApiTenant, CurrentCaller, type Caller } from '../../../access/tenancy';
import { Change } from './change.decorator';
import { ChangeResponder } from './change-responder';
import { CreateInstanceDto } from './dto/create-instance.dto';
import { DeleteInstanceQuery, GetInstanceQuery, ListInstancesPipe } from './dto/list-instances.query';
import { UpdateInstanceDto } from './dto/update-instance.dto';
import {
  headOfCreation,
  presentCreation,
  presentDeletion,
  presentDetails,
  presentForecast,
  presentInstance,
} from './instance-presenter';
import { ApiCreateInstance, ApiDeleteInstance, ApiGetInstance, ApiUpdateInstance } from './instances.openapi';
import { InstancesService, type InstanceQuery } from '../instances.service';
import { ApiListInstances } from './list-instances.openapi';
import type { ChangeRequest } from '../actions/change-request';
import { DeletionsService } from '../retention/deletions.service';
import { ProvisioningService } from '../create/provisioning.service';
import { MAX_PAGE, MAX_PAGE_BYTES } from '../../../platform/values/paging';

const PATH = 'api/v1/compute/instances';

@ApiTags('instances')
@ApiTenant()
@Controller(PATH)
export class InstancesController {
  constructor(
    private readonly instances: InstancesService,
    private readonly provisioning: ProvisioningService,
    private readonly deletions: DeletionsService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post()
  @ApiCreateInstance()
  async create(
    @Body() request: CreateInstanceDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    const isImmediate = request.count !== undefined || change.waitMs === null;
    await this.responder.answer(response, change, {
      make: async (keyed) => presentCreation(await this.provisioning.create(request, keyed)),
      dryRun: async () => presentForecast(await this.provisioning.forecast(request, change)),
      headOf: isImmediate ? headOfCreation : undefined,
    });
  }

  @Get()
  @ApiListInstances()
  async list(
    @CurrentCaller() caller: Caller,
    @Query(ListInstancesPipe) query: InstanceQuery,
    @Res() response: Response,
  ): Promise<void> {
    assertRoomFor(caller.tenantId, (query.limit / MAX_PAGE) * MAX_PAGE_BYTES);
    const { document, nextPageToken } = await this.instances.list(caller, query);
    sendDocument(response, caller.tenantId, document, {
      headers: nextLink(`/${PATH}`, query, nextPageToken),
    });
  }

  @Get(':id')
  @ApiGetInstance()
  async get(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() { deleted }: GetInstanceQuery,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const instance = await this.instances.details(tenantId, id, { includesDeleted: deleted === 'true' });
    // The progress of an operation changes without a new version; its beginning and end have one.
    const isKnown = instance.activity === null && matchesNone(ifNoneMatch, instance.version);
    if (isKnown) sendEmpty(response, 304, { ETag: etagOf(instance.version) });
    else sendResult(response, presentDetails(instance));
  }

  @Patch(':id')
  @ApiUpdateInstance()
  async update(
    @Param('id') id: string,
    @Body() changes: UpdateInstanceDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentInstance(await this.instances.update(id, changes, keyed)),
      headOf: () => ({ status: 200, headers: {} }),
      mayChangeNothing: true,
    });
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(NoBodyGuard)
  @ApiDeleteInstance()
  async delete(
    @Param('id') id: string,
    @Query() { force, retain }: DeleteInstanceQuery,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    const request = { force: force === 'true', retain };
    await this.responder.answer(response, change, {
      make: async (keyed) => presentDeletion(await this.deletions.delete(id, request, keyed)),
      dryRun: async () => presentForecast(await this.deletions.forecast(id, request, change)),
    });
  }
}
