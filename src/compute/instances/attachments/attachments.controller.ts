import { Body, Controller, Delete, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { ApiTenant, Tenant } from '../../../access/tenancy';
import { ApiAttach, ApiDetach } from './attachments.openapi';
import { AttachmentsService } from './attachments.service';
import { Caller as FromCaller } from '../api/caller.decorator';
import { AttachNetworkDto, AttachVolumeDto, plannedNetwork, plannedVolume } from './attach.dto';
import type { Caller } from '../actions/instance-actions';
import { IdempotentResponder } from '../api/idempotent-responder';
import { actionResponse } from '../api/instance.response';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class AttachmentsController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly requests: IdempotentResponder,
  ) {}

  @Post('networks')
  @HttpCode(200)
  @ApiAttach('network', AttachNetworkDto)
  async attachNetwork(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Body() request: AttachNetworkDto,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: async () =>
        actionResponse(await this.attachments.attach(tenantId, id, plannedNetwork(request), caller)),
    });
  }

  @Post('volumes')
  @HttpCode(200)
  @ApiAttach('volume', AttachVolumeDto)
  async attachVolume(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Body() request: AttachVolumeDto,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    await this.requests.answer(response, caller, {
      make: async () =>
        actionResponse(await this.attachments.attach(tenantId, id, plannedVolume(request), caller)),
    });
  }

  @Delete('networks/:networkId')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiDetach('network')
  async detachNetwork(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Param('networkId') resourceId: string,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const what = { kind: 'network', resourceId } as const;
    await this.requests.answer(response, caller, {
      make: async () => actionResponse(await this.attachments.detach(tenantId, id, what, caller)),
    });
  }

  @Delete('volumes/:volumeId')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiDetach('volume')
  async detachVolume(
    @Tenant() tenantId: string,
    @Param('id') id: string,
    @Param('volumeId') resourceId: string,
    @FromCaller() caller: Caller,
    @Res() response: Response,
  ): Promise<void> {
    const what = { kind: 'volume', resourceId } as const;
    await this.requests.answer(response, caller, {
      make: async () => actionResponse(await this.attachments.detach(tenantId, id, what, caller)),
    });
  }
}
