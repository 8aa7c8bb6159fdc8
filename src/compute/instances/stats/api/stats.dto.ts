import { ApiProperty } from '@nestjs/swagger';
import type { Stats } from '../stats.service';

class CpuUsageDto {
  @ApiProperty({
    type: 'number',
    nullable: true,
    example: 12.5,
    description: 'Percent of one CPU; 200 means two fully used CPUs',
  })
  readonly percent!: number | null;

  @ApiProperty({ type: 'number', nullable: true, example: 93.1, description: 'CPU seconds since the start' })
  readonly totalSeconds!: number | null;
}

class MemoryUsageDto {
  @ApiProperty({ type: 'integer', example: 268435456 })
  readonly usedBytes!: number;

  @ApiProperty({ type: 'integer', example: 1073741824 })
  readonly limitBytes!: number;
}

class DiskUsageDto {
  @ApiProperty({ type: 'integer', example: 1048576 })
  readonly readBytes!: number;

  @ApiProperty({ type: 'integer', example: 524288 })
  readonly writtenBytes!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 2147483648,
    description: "Used space on the host's disk",
  })
  readonly usedBytes!: number | null;
}

class NetworkUsageDto {
  @ApiProperty({ type: 'integer', example: 1000000 })
  readonly receivedBytes!: number;

  @ApiProperty({ type: 'integer', example: 500000 })
  readonly sentBytes!: number;
}

const UNKNOWN = 'Null if the engine does not report it';

export class StatsDto implements Stats {
  @ApiProperty({ type: CpuUsageDto })
  readonly cpu!: CpuUsageDto;

  @ApiProperty({ type: MemoryUsageDto, nullable: true, description: UNKNOWN })
  readonly memory!: MemoryUsageDto | null;

  @ApiProperty({ type: DiskUsageDto, nullable: true, description: UNKNOWN })
  readonly disk!: DiskUsageDto | null;

  @ApiProperty({ type: NetworkUsageDto, nullable: true, description: UNKNOWN })
  readonly network!: NetworkUsageDto | null;

  @ApiProperty({
    type: 'integer',
    example: 1767225600,
    description: 'Time of the measurement in Unix seconds',
  })
  readonly at!: number;
}
