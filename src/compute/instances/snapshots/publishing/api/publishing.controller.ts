import { Body, Controller, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { IdempotentRequests, keyOf, keyRecordParameter } from '../../../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller } from '../../../../../access/tenancy';
import { NoDryRunGuard } from '../../../../../platform/http/requests/dry-run';
import { sendResult, type HttpResult } from '../../../../../platform/http/responses/http-result';
import { PublishingService } from '../publishing.service';
import { PublishImageDto, toNewImage } from './publish.dto';
import { ApiPublishImage } from './publish.openapi';

const PATH = 'api/v1/compute/images';

@ApiTags('images')
@ApiTenant()
@Controller(PATH)
export class PublishingController {
  constructor(
    private readonly publishing: PublishingService,
    private readonly requests: IdempotentRequests,
  ) {}

  @Post()
  @UseGuards(NoDryRunGuard)
  @ApiPublishImage()
  async publish(
    @CurrentCaller() { tenantId }: Caller,
    @Body() dto: PublishImageDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const image = toNewImage(dto);
    const head = { status: 201, headers: { Location: `/${PATH}/${image.id}` } };
    const given = keyOf(request);
    const key = given && { ...given, headOf: () => head };
    const make = async (): Promise<HttpResult> => ({
      ...head,
      body: await this.publishing.publish(tenantId, image, keyRecordParameter(key)),
    });
    const replaying = (): unknown => response.setHeader('Idempotency-Replayed', 'true');
    sendResult(response, await this.requests.answer({ tenantId, key, make, replaying }));
  }
}
