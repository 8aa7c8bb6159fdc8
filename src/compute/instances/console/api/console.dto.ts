import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_LINES } from '../console-lines';

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
    type: 'boolean',
    default: false,
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
