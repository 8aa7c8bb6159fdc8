import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { OutlookDto } from '../../quotas';
import { InstanceDto } from './instance.dto';

/** For the OpenAPI document: response of a dry run. */
export class RehearsalDto extends OutlookDto {
  @ApiProperty({ enum: [true], example: true, description: 'Nothing was done' })
  readonly dryRun!: true;

  @ApiProperty({ enum: ['create', 'start', 'stop', 'restart', 'delete'], example: 'create' })
  readonly action!: string;

  @ApiProperty({
    enum: ['running', 'stopped', 'deleted'],
    example: 'running',
    description: 'What the instance would be in the end',
  })
  readonly becomes!: string;

  @ApiPropertyOptional({ type: InstanceDto, description: 'As it would be at once; its id is none yet' })
  readonly instance?: InstanceDto;

  @ApiPropertyOptional({ type: [InstanceDto], description: 'With `count`' })
  readonly instances?: readonly InstanceDto[];
}
