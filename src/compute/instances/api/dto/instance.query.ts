import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsDuration } from '../../../../platform/http/validation/is-duration';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';

export class GetInstanceQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Also shows a deleted instance that is retained',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly deleted?: 'true' | 'false';
}

export class DeleteInstanceQuery {
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Also deletes a running instance, and does not wait for platform services',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly force?: 'true' | 'false';

  @ApiPropertyOptional({
    type: 'string',
    description:
      'Retains the instance for this long: it is powered off and hidden, and `undelete` brings it back. An ISO 8601 duration of weeks, days, hours, minutes and seconds, such as `PT24H`; `PT0S` deletes at once, also what is retained. By default `retainDeleted` of the tenant, see `GET /quotas`',
  })
  @IsOptionalNonNull()
  @IsDuration()
  readonly retain?: string;

  /** Read by the `Caller` decorator. */
  @ApiPropertyOptional({
    type: 'boolean',
    description: 'Only reports what would happen, like `Prefer: dry-run`',
    default: false,
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly dryRun?: 'true' | 'false';
}
