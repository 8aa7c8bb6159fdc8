import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../../drivers/port/instance-type';
import { IsOptionalNonNull } from '../../../../platform/http/validation/is-optional-non-null';
import { IsText } from '../../../../platform/http/validation/is-text';
import type { PoolState } from '../warm-pool';

const NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const MAX_SIZE = 1000;

export class WarmPoolPath {
  @Matches(NAME, {
    message:
      'name must be 1 to 63 lower-case letters, digits, ".", "_" or "-", and begin with a letter or digit',
  })
  readonly name!: string;
}

export class SetWarmPoolDto {
  @ApiProperty({ description: 'Name of a flavor, see GET /flavors', example: 'small' })
  @IsText({ min: 1, max: 255 })
  readonly flavor!: string;

  @ApiPropertyOptional({
    maxLength: 255,
    default: '',
    example: 'ubuntu-22.04',
    description: 'As in the requests that are to get the instances; an image that every tenant may use',
  })
  @IsOptionalNonNull()
  @IsText({ max: 255 })
  readonly imageId: string = '';

  @ApiPropertyOptional({ enum: INSTANCE_TYPES, default: 'vm', example: 'vm' })
  @IsOptionalNonNull()
  @IsIn(INSTANCE_TYPES)
  readonly type: InstanceType = 'vm';

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: MAX_SIZE,
    example: 5,
    description: 'Number of instances to keep prepared; `WARM_POOL_MAX` limits the sum of all pools',
  })
  @Min(1)
  @Max(MAX_SIZE)
  @IsInt()
  readonly size!: number;
}

export class WarmPoolDto {
  @ApiProperty({ pattern: NAME.source, example: 'web' })
  readonly name!: string;

  @ApiProperty({ example: 'small' })
  readonly flavor!: string;

  @ApiProperty({ example: 'ubuntu-22.04' })
  readonly imageId!: string;

  @ApiProperty({ enum: INSTANCE_TYPES, example: 'vm' })
  readonly type!: InstanceType;

  @ApiProperty({ type: 'integer', example: 5, description: 'Number of instances to keep prepared' })
  readonly size!: number;

  @ApiProperty({ type: 'integer', example: 4, description: 'Instances that wait to be handed over' })
  readonly ready!: number;

  @ApiProperty({ type: 'integer', example: 1, description: 'Instances that are being created' })
  readonly preparing!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description:
      'Why the last preparation failed; null if one has succeeded since. The next attempt follows after a delay that grows up to five minutes.',
  })
  readonly lastError!: string | null;

  @ApiProperty({ type: 'integer', example: 1790000000, description: 'Unix time in seconds' })
  readonly createdAt!: number;

  @ApiProperty({ type: 'integer', example: 1790000000, description: 'Of the last `PUT`, likewise' })
  readonly updatedAt!: number;
}

export class WarmPoolListDto {
  @ApiProperty({ type: [WarmPoolDto] })
  readonly warmPools!: readonly WarmPoolDto[];
}

export function toWarmPool(pool: PoolState): WarmPoolDto {
  const { name, flavor, imageId, type, size, ready, preparing, lastError, createdAt, updatedAt } = pool;
  return { name, flavor, imageId, type, size, ready, preparing, lastError, createdAt, updatedAt };
}
