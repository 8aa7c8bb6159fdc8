import { Controller, Get, HttpCode, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { NoIdempotencyKeyGuard } from '../../../access/idempotency';
import { ApiTenant, type Caller, CurrentCaller } from '../../../access/tenancy';
import { NoDryRunGuard } from '../../../platform/http/requests/dry-run';
import { nextLink } from '../../../platform/http/responses/next-link';
import { NoBodyGuard } from '../../../platform/http/validation/no-body.guard';
import { WebhooksService } from '../webhooks.service';
import { ListDeliveriesQuery, type WebhookDeliveryDto, type WebhookDeliveryListDto } from './delivery.dto';
import { ApiListDeliveries, ApiRedeliver } from './webhooks.openapi';

@ApiTags('webhooks')
@ApiTenant()
@UseGuards(NoDryRunGuard)
@Controller('api/v1/compute/webhooks/:id/deliveries')
export class DeliveriesController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @ApiListDeliveries()
  async list(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Query() query: ListDeliveriesQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WebhookDeliveryListDto> {
    const page = await this.webhooks.listDeliveries(tenantId, id, query);
    response.set(nextLink(`/api/v1/compute/webhooks/${id}/deliveries`, query, page.nextPageToken));
    return page;
  }

  @Post(':deliveryId/redeliver')
  @HttpCode(200)
  @UseGuards(NoBodyGuard, NoIdempotencyKeyGuard)
  @ApiRedeliver()
  redeliver(
    @CurrentCaller() { tenantId }: Caller,
    @Param('id') id: string,
    @Param('deliveryId') deliveryId: string,
  ): Promise<WebhookDeliveryDto> {
    return this.webhooks.redeliver(tenantId, id, deliveryId);
  }
}
