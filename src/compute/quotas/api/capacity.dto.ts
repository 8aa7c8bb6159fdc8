import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Amounts, Resources } from '../../../drivers/port/resources';
import type { EngineState } from '../capacity/capacity-refresher';
import type { Allocation, Fits, FlavorShare, TotalAllocation } from '../capacity/capacity.service';
import type { GpuModel } from '../quota';
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

class GpuModelDto implements GpuModel {
  @ApiProperty({ example: 'nvidia-l40s' })
  readonly model!: string;

  @ApiProperty({ type: 'integer', example: 4 })
  readonly total!: number;

  @ApiProperty({
    type: 'integer',
    example: 2,
    description: 'GPUs of instances whose flavor requires this model',
  })
  readonly allocated!: number;
}

export class DriverCapacityDto {
  @ApiProperty({ example: 'simulated' })
  readonly name!: string;

  @ApiProperty({ type: ResourcesDto, description: 'Total capacity; -1 if unknown' })
  readonly total!: Resources;

  @ApiProperty({ type: AmountsDto })
  readonly allocated!: Amounts;

  @ApiPropertyOptional({
    type: [GpuModelDto],
    description:
      'GPUs by model, if the engine reports models. Instances whose flavor requires no model may have any of them; they count only in `allocated.gpus` above.',
  })
  readonly gpuModels?: readonly GpuModelDto[];

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
  const drivers = allocation.engines.map(({ hostId, total, used, gpuModels, status, detail }) => {
    return { name: hostId, total, allocated: used, ...(gpuModels && { gpuModels }), status, detail };
  });
  return { ...common, drivers };
}
