import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts, Resources } from '../../../drivers/port/resources';
import type { EngineState } from '../capacity/capacity-refresher';
import type { Allocation, Fits, FlavorShare, TotalAllocation } from '../capacity/capacity.service';
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

  @ApiProperty({ type: 'integer', example: 3, description: 'Number of instances with this flavor' })
  readonly instances!: number;

  @ApiProperty({
    type: FitsDto,
    description:
      'How many more instances of each type fit within the quota and the capacity of the engine, if nothing else is created. The types share the quota, and the capacity if they share an engine, so do not add them up.',
  })
  readonly fits!: FitsDto;
}

export class DriverCapacityDto {
  @ApiProperty({ example: 'simulated' })
  readonly name!: string;

  @ApiProperty({ type: ResourcesDto, description: 'Total capacity; -1 if unknown' })
  readonly total!: Resources;

  @ApiProperty({ type: AmountsDto })
  readonly allocated!: Amounts;

  @ApiProperty({
    enum: ['up', 'down', 'unknown'],
    example: 'up',
    description:
      'Whether the engine is reachable; unknown if only another replica reaches it. Unless it is up, the capacity is the last known one',
  })
  readonly status!: EngineState['status'];

  @ApiProperty({ example: 'simulated', description: 'Version of the engine, or why it is down or unknown' })
  readonly detail!: string;
}

export class CapacityDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'tenant-a',
    description: 'The tenant; null for all tenants, as operators see it',
  })
  readonly tenantId!: string | null;

  @ApiProperty({ type: AmountsDto })
  readonly allocated!: Amounts;

  @ApiProperty({ type: [FlavorShareDto] })
  readonly flavors!: readonly FlavorShareDto[];

  @ApiPropertyOptional({
    type: [DriverCapacityDto],
    description: 'Drivers with known capacity; only for operators',
  })
  readonly drivers?: readonly DriverCapacityDto[];
}

export function toCapacity(allocation: Allocation | TotalAllocation): CapacityDto {
  const { tenantId, allocated, flavors } = allocation;
  const common = { tenantId, allocated, flavors };
  if (!('engines' in allocation)) return common;
  const drivers = allocation.engines.map(({ hostId, total, used, status, detail }) => {
    return { name: hostId, total, allocated: used, status, detail };
  });
  return { ...common, drivers };
}
