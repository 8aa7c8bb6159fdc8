import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { QuotaForecastDto } from '../../../quotas';
import { ACTION_NAMES, descriptorOf, outcomeOf } from '../../actions/actions';
import { InstanceDto } from './instance.dto';

/** Attaching and detaching have no dry run. */
const ACTIONS = ACTION_NAMES.filter((action) => descriptorOf(action).to !== 'unchanged');

/** For the OpenAPI document: response of a dry run. */
export class DryRunResultDto extends QuotaForecastDto {
  @ApiProperty({ enum: [true], example: true, description: 'Nothing was changed' })
  readonly dryRun!: true;

  @ApiProperty({ enum: ACTIONS, example: 'create' })
  readonly action!: string;

  @ApiProperty({
    enum: [...new Set(ACTIONS.map(outcomeOf))],
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
