import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { UNBOUNDED } from '../../../drivers/port/resources';
import { IsDuration } from '../../../platform/http/validation/is-duration';
import type { TenantAccount, TenantAmounts } from '../quota';
import { TenantAmountsDto } from './amounts.dto';

const MAX_LIMIT = 1_000_000_000;

class LimitsDto extends TenantAmountsDto {}

export class QuotaDto {
  @ApiProperty({ example: 'tenant-a' })
  readonly tenantId!: string;

  @ApiProperty({ type: LimitsDto, description: 'Limits of the tenant; -1 means no limit' })
  readonly limits!: TenantAmounts;

  @ApiProperty({ type: TenantAmountsDto, description: 'Current usage of the tenant' })
  readonly usage!: TenantAmounts;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: null,
    description:
      'How long deleted instances are retained unless the delete says otherwise, as an ISO 8601 duration; null if they are not',
  })
  readonly retainDeleted!: string | null;
}

export function toQuota({ tenantId, limits, usage, retainDeleted }: TenantAccount): QuotaDto {
  return { tenantId, limits, usage, retainDeleted };
}

const Limit = (example: number): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      minimum: UNBOUNDED,
      maximum: MAX_LIMIT,
      nullable: true,
      example,
      description: '-1 means no limit, null the configured default; absent members keep their value',
    }),
    ValidateIf((_, value) => value !== undefined && value !== null),
    Min(UNBOUNDED),
    Max(MAX_LIMIT),
    IsInt(),
  );

export class SetQuotaDto {
  @Limit(10)
  readonly instances?: number | null;

  @Limit(40)
  readonly vcpus?: number | null;

  @Limit(160)
  readonly ramGB?: number | null;

  @Limit(2000)
  readonly diskGB?: number | null;

  @Limit(0)
  readonly gpus?: number | null;

  @Limit(20)
  readonly snapshots?: number | null;

  @Limit(1000)
  readonly snapshotGB?: number | null;
  @ApiPropertyOptional({
    type: 'string',
    nullable: true,
    example: 'P7D',
    description:
      'How long deleted instances are retained unless the delete says otherwise: an ISO 8601 duration of weeks, days, hours, minutes and seconds, at most `RETAIN_MAX_DAYS`; null for not at all. An absent member keeps its value',
  })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @IsDuration()
  readonly retainDeleted?: string | null;
}
