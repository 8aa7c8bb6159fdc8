import { ApiProperty } from '@nestjs/swagger';
import type { Flavor } from './flavor';

export class FlavorDto implements Flavor {
  @ApiProperty({ example: 'medium' })
  readonly name!: string;

  @ApiProperty({ type: 'integer', minimum: 1, example: 2, description: 'Virtual processors' })
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 4, description: 'Memory in GB' })
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 40, description: 'Disk in GB' })
  readonly diskGB!: number;

  @ApiProperty({ example: 'Suitable for web applications', description: 'What it is meant for' })
  readonly description!: string;
}

export class FlavorListDto {
  @ApiProperty({ type: [FlavorDto] })
  readonly flavors!: readonly FlavorDto[];
}
