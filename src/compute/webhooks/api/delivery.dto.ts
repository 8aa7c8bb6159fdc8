import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PagingQuery } from '../../../platform/http/validation/paging.dto';
import { DELIVERY_STATUSES, type Delivery, type DeliveryStatus } from '../webhook';

export class WebhookDeliveryDto implements Delivery {
  @ApiProperty({
    format: 'uuid',
    example: '6a1f0c52-8d3e-4b7a-9c44-0f6d2b1e7a90',
    description: 'The `webhook-id` of all its attempts',
  })
  readonly id!: string;

  @ApiProperty({ example: 'create.succeeded' })
  readonly type!: string;

  @ApiProperty({ format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' })
  readonly instanceId!: string;

  @ApiProperty({ enum: DELIVERY_STATUSES, example: 'dead', description: 'Dead if all attempts failed' })
  readonly status!: DeliveryStatus;

  @ApiProperty({ type: 'integer', example: 10, description: 'Attempts since it was queued or redelivered' })
  readonly attempts!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 503,
    description: 'HTTP status of the last attempt; null without a response',
  })
  readonly responseStatus!: number | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'the response has status 503',
    description: 'Why the last attempt failed',
  })
  readonly error!: string | null;

  @ApiProperty({ type: 'integer', example: 1767225600, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', nullable: true, example: 1767225602, description: 'Unix seconds' })
  readonly attemptedAt!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: null,
    description: 'Unix seconds; null unless it is pending',
  })
  readonly nextAttemptAt!: number | null;
}

export class WebhookDeliveryListDto {
  @ApiProperty({ type: [WebhookDeliveryDto] })
  readonly deliveries!: readonly WebhookDeliveryDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}

export class ListDeliveriesQuery extends PagingQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES, description: 'Status of the deliveries' })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES)
  readonly status?: DeliveryStatus;
}
