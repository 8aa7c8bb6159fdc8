import { ApiProperty } from '@nestjs/swagger';
import type { Amounts, Resources } from '../../../drivers/port/resources';

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
