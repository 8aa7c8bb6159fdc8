import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_LINES } from '../console-lines';
import type { Stats } from '../machine.service';

const DEFAULT_LINES = 100;

export class ConsoleQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_LINES,
    default: DEFAULT_LINES,
    description: 'Number of last lines',
  })
  @Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value))
  @Min(1)
  @Max(MAX_LINES)
  @IsInt()
  readonly lines: number = DEFAULT_LINES;

  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description: 'Streams new lines, like `Accept: text/event-stream`; without a value it means `true`',
  })
  @Transform(({ value }: { value: unknown }) => (value === '' ? 'true' : value))
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly follow?: 'true' | 'false';
}

export class ConsoleDto {
  @ApiProperty({
    type: [String],
    description:
      'Oldest first. Lines longer than 8 KiB are cut; beyond 4 MiB in total, the oldest lines are omitted',
    example: ['Linux version 6.1.0', 'Welcome'],
  })
  readonly lines!: readonly string[];
}

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
