import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import {
  DEFAULT_RESTART_POLICY,
  MAX_RESTARTS,
  RESTART_CONDITIONS,
  type RestartPolicy,
} from '../../restart-policy';

const CONDITION = {
  enum: RESTART_CONDITIONS,
  example: 'on-failure',
  description:
    '`on-failure` starts the instance again if its guest exited with another code than 0, was killed or ran out of memory, or if its process at the engine ended',
} as const;

const MAX = {
  type: 'integer',
  minimum: 1,
  maximum: MAX_RESTARTS,
  example: 5,
  description: 'Restarts in a row, after which the instance stays stopped',
} as const;

export class RestartPolicyDto implements RestartPolicy {
  @ApiProperty(CONDITION)
  readonly condition!: RestartPolicy['condition'];

  @ApiProperty(MAX)
  readonly maxRestarts!: number;
}

export class CreatedRestartPolicyDto implements RestartPolicy {
  @ApiProperty(CONDITION)
  @IsIn(RESTART_CONDITIONS)
  readonly condition!: RestartPolicy['condition'];

  @ApiPropertyOptional({ ...MAX, default: DEFAULT_RESTART_POLICY.maxRestarts })
  @IsOptionalNonNull()
  @Min(1)
  @Max(MAX_RESTARTS)
  @IsInt()
  readonly maxRestarts: number = DEFAULT_RESTART_POLICY.maxRestarts;
}

export class PatchedRestartPolicyDto implements Partial<RestartPolicy> {
  @ApiPropertyOptional(CONDITION)
  @IsOptionalNonNull()
  @IsIn(RESTART_CONDITIONS)
  readonly condition?: RestartPolicy['condition'];

  @ApiPropertyOptional(MAX)
  @IsOptionalNonNull()
  @Min(1)
  @Max(MAX_RESTARTS)
  @IsInt()
  readonly maxRestarts?: number;
}
