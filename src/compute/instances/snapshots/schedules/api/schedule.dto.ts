import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { IsOptionalNonNull } from '../../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../../platform/http/validation/is-text';
import type { Retention } from '../retention';
import type { ScheduleRequest, SnapshotSchedule } from '../schedule';

const MAX_CRON = 128;
const MAX_TIME_ZONE = 64;
const MAX_KEPT = 1000;
const CRON = {
  example: '0 2 * * *',
  description: 'Cron expression: minute, hour, day, month, day of the week',
};
const TIME_ZONE = {
  example: 'Europe/Berlin',
  description: 'Time zone of the expression, from the IANA database',
};
const kept = (description: string, example: number): object => ({
  ...{ type: 'integer', minimum: 0, maximum: MAX_KEPT, default: 0, example, description },
});

/** See `Retention`. */
export class KeepDto implements Retention {
  @ApiPropertyOptional(kept('The newest snapshots', 3))
  @IsOptionalNonNull()
  @IsInt()
  @Min(0)
  @Max(MAX_KEPT)
  readonly last: number = 0;

  @ApiPropertyOptional(kept('The newest snapshot of each of the last days that have one', 7))
  @IsOptionalNonNull()
  @IsInt()
  @Min(0)
  @Max(MAX_KEPT)
  readonly daily: number = 0;

  @ApiPropertyOptional(kept('The newest snapshot of each of the last weeks that have one', 4))
  @IsOptionalNonNull()
  @IsInt()
  @Min(0)
  @Max(MAX_KEPT)
  readonly weekly: number = 0;
}

export class SetScheduleDto implements ScheduleRequest {
  @ApiProperty({ ...CRON, minLength: 1, maxLength: MAX_CRON })
  @IsText({ min: 1, max: MAX_CRON })
  readonly cron!: string;

  @ApiPropertyOptional({ ...TIME_ZONE, minLength: 1, maxLength: MAX_TIME_ZONE, default: 'UTC' })
  @IsOptionalNonNull()
  @IsText({ min: 1, max: MAX_TIME_ZONE })
  readonly timeZone: string = 'UTC';

  @ApiProperty({
    type: KeepDto,
    example: { last: 3, daily: 7 },
    description: 'Which of its snapshots are kept; the others are deleted',
  })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => KeepDto)
  readonly keep!: KeepDto;
}

export class SnapshotScheduleDto implements SnapshotSchedule {
  @ApiProperty({ format: 'uuid', example: '019342d0-3f79-7d02-8b1a-77c3a0e5f2a4' })
  readonly instanceId!: string;

  @ApiProperty(CRON)
  readonly cron!: string;

  @ApiProperty(TIME_ZONE)
  readonly timeZone!: string;

  @ApiProperty({ type: KeepDto })
  readonly keep!: KeepDto;

  @ApiProperty({ type: 'integer', example: 1767229200, description: 'When it is due next, in Unix seconds' })
  readonly nextAt!: number;

  @ApiProperty({
    ...{ type: 'integer', nullable: true, example: 1767142800 },
    description: 'When it last began a snapshot, in Unix seconds; null if it never did',
  })
  readonly lastAt!: number | null;

  @ApiProperty({
    ...{ type: 'string', nullable: true, example: null },
    description: 'Why it began no snapshot when it was last due; null if it did',
  })
  readonly lastError!: string | null;

  @ApiProperty({ type: 'integer', example: 1767139200, description: 'Unix seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', example: 1767139200, description: 'Unix seconds' })
  readonly updatedAt!: number;
}
