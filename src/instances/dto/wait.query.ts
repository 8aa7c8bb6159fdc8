import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { WaitQuery } from '../../common/validation/wait.dto';
import { INSTANCE_STATUSES } from '../instance';
import type { Goal } from '../waits.service';

const GOALS: readonly Goal[] = [...INSTANCE_STATUSES, 'deleted', 'settled'];

export class WaitForInstanceQuery extends WaitQuery {
  @ApiProperty({
    enum: GOALS,
    description:
      'What to wait for: a status, `deleted` for its end, or `settled` for whatever status it has when nothing is at work on it',
  })
  @IsIn(GOALS)
  readonly status!: Goal;
}
