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
import { MAX_PAGE, MAX_PAGE_BYTES } from '../../../platform/http/validation/paging.dto';
import { ApiTenant, IsOperator, Tenant } from '../../../access/tenancy';
import { Caller as FromCaller } from './caller.decorator';
import { CreateInstanceDto } from './dto/create-instance.dto';
import { DeleteInstanceQuery, ListInstancesPipe } from './dto/list-instances.query';
import { UpdateInstanceDto } from './dto/update-instance.dto';
import { IdempotentResponder } from './idempotent-responder';
import { deletionResponse, instanceResponse, actionResponse } from './instance.response';
import {
  ApiCreateInstance,
  ApiDeleteInstance,
  ApiGetInstance,
  ApiPower,
  ApiUpdateInstance,
} from './instances.openapi';
import { InstancesService, type InstanceQuery } from '../instances.service';
import { ApiListInstances } from './list-instances.openapi';
import type { Caller } from '../actions/instance-actions';
import { PowerService } from '../actions/power.service';
import { ProvisioningService } from '../create/provisioning.service';

const PATH = 'api/v1/compute/instances';

@ApiTags('instances')
@ApiTenant()
@Controller(PATH)
export class InstancesController {
  constructor(
    private readonly instances: InstancesService,
    private readonly provisioning: ProvisioningService,
    private readonly power: PowerService,
    private readonly requests: IdempotentResponder,
  ) {}

  @Post()
  @ApiCreateInstance()
  async create(
    @Tenant() tenantId: string,
    @Body() request: CreateInstanceDto,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: () => this.provisioning.create(tenantId, request, caller),
      dryRun: () => this.provisioning.dryRun(tenantId, request, caller),
      isKeptByChange: caller.waitMs === null,
    });
  }

  @Get()
  @ApiListInstances()
  async list(
    @Tenant() tenantId: string,
    @IsOperator() isOperator: boolean,
    @Query(ListInstancesPipe) query: InstanceQuery,
    @Res() response: Response,
  ): Promise<void> {
    assertRoomFor(tenantId, (query.limit / MAX_PAGE) * MAX_PAGE_BYTES);
    const { document, nextPageToken } = await this.instances.list({ tenantId, isOperator }, query);
    sendDocument(response, tenantId, document, { headers: nextLink(`/${PATH}`, query, nextPageToken) });
  }

  @Get(':id')
  @ApiGetInstance()
  async get(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() response: Response,
  ): Promise<void> {
    const instance = await this.instances.get(tenantId, id);
    const isKnown = matchesNone(ifNoneMatch, instance.version);
    if (isKnown) sendEmpty(response, 304, { ETag: etagOf(instance.version) });
    else sendResult(response, instanceResponse(instance));
  }

  @Patch(':id')
  @ApiUpdateInstance()
  async update(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Body() changes: UpdateInstanceDto,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const make = async () => instanceResponse(await this.instances.update(tenantId, id, changes, caller));
    await this.requests.answer(response, caller, { make });
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(NoBodyGuard)
  @ApiDeleteInstance()
  async delete(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Query() { force }: DeleteInstanceQuery,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const options = { force: force === 'true', caller };
    await this.requests.answer(response, caller, {
      make: async () => deletionResponse(await this.power.delete(tenantId, id, options)),
      dryRun: () => this.power.dryRunDelete(tenantId, id, options),
    });
  }

  @Post(':id/start')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiPower('start')
  async start(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: async () => actionResponse(await this.power.start(tenantId, id, caller)),
      dryRun: () => this.power.dryRun('start', id, caller),
    });
  }

  @Post(':id/stop')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiPower('stop')
  async stop(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: async () => actionResponse(await this.power.stop(tenantId, id, caller)),
      dryRun: () => this.power.dryRun('stop', id, caller),
    });
  }

  @Post(':id/restart')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiPower('restart')
  async restart(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: async () => actionResponse(await this.power.restart(tenantId, id, caller)),
      dryRun: () => this.power.dryRun('restart', id, caller),
      isKeptByChange: caller.waitMs === null,
    });
  }
}
