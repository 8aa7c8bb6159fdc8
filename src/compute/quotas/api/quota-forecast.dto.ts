import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts } from '../../../drivers/port/resources';
import type { QuotaForecast } from '../quotas.service';
import { AmountsDto } from './amounts.dto';

class QuotaOutlookDto {
  @ApiProperty({ type: AmountsDto, description: 'Limits of the tenant; -1 means no limit' })
  readonly limits!: Amounts;

  @ApiProperty({ type: AmountsDto, description: 'Current usage of the tenant' })
  readonly usage!: Amounts;

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
