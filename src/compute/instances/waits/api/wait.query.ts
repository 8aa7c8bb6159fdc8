import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { WaitQuery } from '../../../../platform/http/validation/wait.dto';
import { INSTANCE_STATUSES } from '../../instance';
import type { Goal } from '../waits.service';

const GOALS: readonly Goal[] = [...INSTANCE_STATUSES, 'deleted', 'settled'];

export class WaitForInstanceQuery extends WaitQuery {
  @ApiProperty({
    enum: GOALS,
    description:
      'Status to wait for, `deleted` for the end of a deletion, or `settled` for any status without an operation in progress',
  })
  @IsIn(GOALS)
  readonly status!: Goal;
}
