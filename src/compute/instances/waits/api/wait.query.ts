import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateBy, ValidateIf, type ValidationArguments } from 'class-validator';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { WaitQuery } from '../../../../platform/http/validation/wait.dto';
import { INSTANCE_STATUSES } from '../../instance';
import type { Goal } from '../waits.service';

const GOALS: readonly Goal[] = [...INSTANCE_STATUSES, 'deleted', 'settled'];

const IsAlone = (): PropertyDecorator =>
  ValidateBy({
    name: 'isAlone',
    validator: {
      validate: (_, argument?: ValidationArguments) =>
        argument?.object instanceof WaitForInstanceQuery && argument.object.status === undefined,
      defaultMessage: () => 'ready cannot be combined with status',
    },
  });

/** Exactly one of the two. */
export class WaitForInstanceQuery extends WaitQuery {
  @ApiPropertyOptional({
    enum: GOALS,
    description:
      'Status to wait for, `deleted` for the end of a deletion, or `settled` for any status without an operation in progress',
  })
  @ValidateIf(({ ready }: WaitForInstanceQuery, status) => ready === undefined || status !== undefined)
  @IsIn(GOALS)
  readonly status?: Goal;

  @ApiPropertyOptional({
    enum: ['true'],
    description:
      'Instead of `status`: waits until the instance runs, no operation is in progress, and its guest is ready, if it has `readiness`',
  })
  @IsOptionalNonNull()
  @IsAlone()
  @IsIn(['true'])
  readonly ready?: 'true';
}
