import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QuotaForecastDto } from '../../../quotas';
import { InstanceDto } from './instance.dto';

/** For the OpenAPI document: response of a dry run. */
export class DryRunResultDto extends QuotaForecastDto {
  @ApiProperty({ enum: [true], example: true, description: 'Nothing was changed' })
  readonly dryRun!: true;

  @ApiProperty({ enum: ['create', 'start', 'stop', 'restart', 'delete'], example: 'create' })
  readonly action!: string;

  @ApiProperty({
    enum: ['running', 'stopped', 'deleted'],
    example: 'running',
    description: 'Status that the instance would reach',
  })
  readonly becomes!: string;

  @ApiPropertyOptional({
    type: InstanceDto,
    description: 'The instance as it would be right after the request; its id is not reserved',
  })
  readonly instance?: InstanceDto;

  @ApiPropertyOptional({ type: [InstanceDto], description: 'With `count`' })
  readonly instances?: readonly InstanceDto[];
}
