import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  IdempotentRequests,
  keyOf,
  keyRecordParameter,
  NoIdempotencyKeyGuard,
} from '../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { NoDryRunGuard } from '../../../platform/http/requests/dry-run';
import { sendResult, type HttpResult } from '../../../platform/http/responses/http-result';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { WebhooksService } from '../webhooks.service';
import { CreateWebhookDto, UpdateWebhookDto, type WebhookDto, type WebhookListDto } from './webhook.dto';
import {
  ApiCreateWebhook,
  ApiDeleteWebhook,
  ApiGetWebhook,
  ApiListWebhooks,
  ApiUpdateWebhook,
} from './webhooks.openapi';

const PATH = 'api/v1/compute/webhooks';

@ApiTags('webhooks')
@ApiTenant()
@UseGuards(NoDryRunGuard)
@Controller(PATH)
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly requests: IdempotentRequests,
  ) {}

  @Get()
  @ApiListWebhooks()
  async list(@CurrentCaller() { tenantId }: Caller): Promise<WebhookListDto> {
    return { webhooks: await this.webhooks.list(tenantId) };
  }

  @Get(':id')
  @ApiGetWebhook()
  get(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<WebhookDto> {
    return this.webhooks.get(tenantId, id);
  }

  @Post()
  @ApiCreateWebhook()
  async create(
    @CurrentCaller() { tenantId }: Caller,
    @Body() dto: CreateWebhookDto,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const id = this.webhooks.newId();
    const head = { status: 201, headers: { Location: `/${PATH}/${id}`, 'Cache-Control': 'no-store' } };
    const given = keyOf(request);
    const key = given && { ...given, headOf: () => head };
    const make = async (): Promise<HttpResult> => ({
      ...head,
      body: await this.webhooks.create(tenantId, id, dto, keyRecordParameter(key)),
    });
    const replaying = (): unknown => response.setHeader('Idempotency-Replayed', 'true');
    sendResult(response, await this.requests.answer({ tenantId, key, make, replaying }));
  }

  @Patch(':id')
  @UseGuards(NoIdempotencyKeyGuard)
  @ApiUpdateWebhook()
  update(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Body() changes: UpdateWebhookDto,
  ): Promise<WebhookDto> {
    return this.webhooks.update(tenantId, id, changes);
  }

  @Delete(':id')
  @HttpCode(204)
  @UseGuards(NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiDeleteWebhook()
  remove(@CurrentCaller() { tenantId }: Caller, @Param('id') id: string): Promise<void> {
    return this.webhooks.remove(tenantId, id);
  }
}
