import { Body, Controller, Delete, HttpCode, Param, Post, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NoBodyGuard } from '../../../../platform/http/validation/no-body.guard';
import { ApiTenant } from '../../../../access/tenancy';
import { ApiAttach, ApiDetach } from './attachments.openapi';
import { AttachmentsService } from '../attachments.service';
import { Change } from '../../api/change.decorator';
import { AttachNetworkDto, AttachVolumeDto, plannedNetwork, plannedVolume } from './attach.dto';
import type { ChangeRequest } from '../../actions/change-request';
import { ChangeResponder } from '../../api/change-responder';
import { presentAction } from '../../api/instance-presenter';

@ApiTags('instances')
@ApiTenant()
@Controller('api/v1/compute/instances/:id')
export class AttachmentsController {
  constructor(
    private readonly attachments: AttachmentsService,
    private readonly responder: ChangeResponder,
  ) {}

  @Post('networks')
  @HttpCode(200)
  @ApiAttach('network', AttachNetworkDto)
  async attachNetwork(
    @Param('id') id: string,
    @Body() request: AttachNetworkDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.attachments.attach(id, plannedNetwork(request), keyed)),
    });
  }

  @Post('volumes')
  @HttpCode(200)
  @ApiAttach('volume', AttachVolumeDto)
  async attachVolume(
    @Param('id') id: string,
    @Body() request: AttachVolumeDto,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.attachments.attach(id, plannedVolume(request), keyed)),
    });
  }

  @Delete('networks/:networkId')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiDetach('network')
  async detachNetwork(
    @Param('id') id: string,
    @Param('networkId') resourceId: string,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    const what = { kind: 'network', resourceId } as const;
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.attachments.detach(id, what, keyed)),
    });
  }

  @Delete('volumes/:volumeId')
  @HttpCode(200)
  @UseGuards(NoBodyGuard)
  @ApiDetach('volume')
  async detachVolume(
    @Param('id') id: string,
    @Param('volumeId') resourceId: string,
    @Change() change: ChangeRequest,
    @Res() response: Response,
  ): Promise<void> {
    const what = { kind: 'volume', resourceId } as const;
    await this.responder.answer(response, change, {
      make: async (keyed) => presentAction(await this.attachments.detach(id, what, keyed)),
    });
  }
}
