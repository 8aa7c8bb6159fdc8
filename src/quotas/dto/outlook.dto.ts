import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts } from '../../common/resources';
import type { Outlook } from '../quotas.service';
import { AmountsDto } from './amounts.dto';

class QuotaOutlookDto {
  @ApiProperty({ type: AmountsDto, description: 'What the tenant may have; -1 is no limit' })
  readonly limits!: Amounts;

  @ApiProperty({ type: AmountsDto, description: 'What the tenant has' })
  readonly usage!: Amounts;

  @ApiProperty({ type: AmountsDto, description: 'What would be added' })
  readonly requested!: Amounts;
}

class CapacityOutlookDto {
  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 7,
    description:
      'How many more instances of the same flavor and type would fit after it; null if there is no limit',
  })
  readonly fits!: number | null;
}

/** Effect of a creation on quota and capacity. */
export class OutlookDto implements Partial<Outlook> {
  @ApiPropertyOptional({ type: QuotaOutlookDto, description: 'Of a creation' })
  readonly quota?: QuotaOutlookDto;

  @ApiPropertyOptional({ type: CapacityOutlookDto, description: 'Of a creation' })
  readonly capacity?: CapacityOutlookDto;
}
