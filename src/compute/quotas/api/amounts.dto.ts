import { ApiProperty } from '@nestjs/swagger';
import type { Amounts, Resources } from '../../../drivers/port/resources';
import type { TenantAmounts } from '../quota';

export class ResourcesDto implements Resources {
  @ApiProperty({ type: 'integer', example: 12 })
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', example: 24 })
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', example: 240 })
  readonly diskGB!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  readonly gpus!: number;
}

export class AmountsDto extends ResourcesDto implements Amounts {
  @ApiProperty({ type: 'integer', example: 6 })
  readonly instances!: number;
}

export class TenantAmountsDto extends AmountsDto implements TenantAmounts {
  @ApiProperty({ type: 'integer', example: 3 })
  readonly snapshots!: number;

  @ApiProperty({
    type: 'integer',
    example: 120,
    description: 'Disks of the instances of the snapshots, and the memory of those that contain it',
  })
  readonly snapshotGB!: number;
}
