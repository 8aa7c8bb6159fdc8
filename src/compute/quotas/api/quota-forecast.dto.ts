import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts } from '../../../drivers/port/resources';
import type { QuotaForecast } from '../quotas.service';
import type { TenantAmounts } from '../quota';
import { AmountsDto, TenantAmountsDto } from './amounts.dto';

class QuotaOutlookDto {
  @ApiProperty({ type: TenantAmountsDto, description: 'Limits of the tenant; -1 means no limit' })
  readonly limits!: TenantAmounts;

  @ApiProperty({ type: TenantAmountsDto, description: 'Current usage of the tenant' })
  readonly usage!: TenantAmounts;

  @ApiProperty({ type: AmountsDto, description: 'Amounts that the request would add' })
  readonly requested!: Amounts;
}

class CapacityOutlookDto {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 7,
    description:
      'How many more instances of the same flavor and type would fit after this one; null if there is no limit',
  })
  readonly fits!: number | null;
}

/** Effect of a creation on quota and capacity. */
export class QuotaForecastDto implements Partial<QuotaForecast> {
  @ApiPropertyOptional({ type: QuotaOutlookDto, description: 'Only for creates' })
  readonly quota?: QuotaOutlookDto;

  @ApiPropertyOptional({ type: CapacityOutlookDto, description: 'Only for creates' })
  readonly capacity?: CapacityOutlookDto;
}
