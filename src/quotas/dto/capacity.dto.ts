import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts, Resources } from '../../common/resources';
import type { EngineState } from '../capacity-keeper';
import type { Allocation, Fits, FlavorShare, TotalAllocation } from '../capacity.service';
import { AmountsDto, ResourcesDto } from './amounts.dto';

const ApiFits = (): PropertyDecorator =>
  ApiProperty({ type: 'integer', nullable: true, example: 17, description: 'null if there is no limit' });

class FitsDto implements Fits {
  @ApiFits()
  readonly vm!: number | null;

  @ApiFits()
  readonly container!: number | null;
}

export class FlavorShareDto implements FlavorShare {
  @ApiProperty({ example: 'medium' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', example: 3, description: 'Instances that have it' })
  readonly instances!: number;

  @ApiProperty({
    type: FitsDto,
    description:
      'How many more instances of each type fit by quota and by the capacity of the engine for that type, if nothing else is created. The types share the quota, and the capacity if they share an engine: do not add them up.',
  })
  readonly fits!: FitsDto;
}

export class DriverCapacityDto {
  @ApiProperty({ example: 'simulated' })
  readonly name!: string;

  @ApiProperty({ type: ResourcesDto, description: 'What it has room for; -1 where that is not known' })
  readonly total!: Resources;

  @ApiProperty({ type: AmountsDto })
  readonly allocated!: Amounts;

  @ApiProperty({
    enum: ['up', 'down'],
    example: 'up',
    description: 'Whether the engine answers; what is known of one that does not is from before',
  })
  readonly status!: EngineState['status'];

  @ApiProperty({ example: 'simulated', description: 'Version of the engine, or why it is down' })
  readonly detail!: string;
}

export class CapacityDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'tenant-a',
    description: 'Whose part it is; null is that of all tenants, as operators see it',
  })
  readonly tenantId!: string | null;

  @ApiProperty({ type: AmountsDto })
  readonly allocated!: Amounts;

  @ApiProperty({ type: [FlavorShareDto] })
  readonly flavors!: readonly FlavorShareDto[];

  @ApiPropertyOptional({
    type: [DriverCapacityDto],
    description: 'Drivers whose capacity is known; for operators only',
  })
  readonly drivers?: readonly DriverCapacityDto[];
}

export function toCapacity(allocation: Allocation | TotalAllocation): CapacityDto {
  const { tenantId, allocated, flavors } = allocation;
  const common = { tenantId, allocated, flavors };
  if (!('engines' in allocation)) return common;
  const drivers = allocation.engines.map(({ driver, total, used, status, detail }) => {
    return { name: driver, total, allocated: used, status, detail };
  });
  return { ...common, drivers };
}
