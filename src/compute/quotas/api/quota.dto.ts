import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Max, Min, ValidateIf } from 'class-validator';
import { UNBOUNDED } from '../../../drivers/port/resources';
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
}

export function toQuota({ tenantId, limits, usage }: TenantAccount): QuotaDto {
  return { tenantId, limits, usage };
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
}
