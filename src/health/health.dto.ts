import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { Check, Readiness } from './readiness.service';

export class HealthDto {
  @ApiProperty({ enum: ['healthy'], example: 'healthy' })
  readonly status!: 'healthy';

  @ApiProperty({ enum: ['compute-service'], example: 'compute-service' })
  readonly service!: 'compute-service';
}

export class LivenessDto {
  @ApiProperty({ enum: ['live'], example: 'live' })
  readonly status!: 'live';

  @ApiProperty({ type: 'integer', example: 3600, description: 'Seconds since the process started' })
  readonly uptimeSeconds!: number;
}

export class CheckDto implements Check {
  @ApiProperty({ enum: ['up', 'down', 'circuit_open', 'disabled'], example: 'up' })
  readonly status!: 'up' | 'down' | 'circuit_open' | 'disabled';

  @ApiPropertyOptional({ example: 'postgres, schema 1' })
  readonly detail?: string;
}

export class ReadinessDto implements Readiness {
  @ApiProperty({ enum: ['ready', 'degraded'], example: 'ready' })
  readonly status!: 'ready' | 'degraded';

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: getSchemaPath(CheckDto) },
    example: { database: { status: 'up' }, network: { status: 'disabled' } },
  })
  readonly checks!: Record<string, CheckDto>;
}
