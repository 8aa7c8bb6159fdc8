import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../drivers/port/instance-type';
import { LimitQuery } from '../../../platform/http/validation/paging.dto';
import { IsText } from '../../../platform/http/validation/is-text';
import type { ListedImage, Minimal } from '../image';

/** Length for an id of 255 characters. */
const MAX_TOKEN = 340;

export class MinimalDto implements Minimal {
  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  readonly vcpus!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1 })
  readonly ramGB!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 10 })
  readonly diskGB!: number;
}

export class ImageDto implements ListedImage {
  @ApiProperty({ example: 'debian-12', description: 'Value for `imageId` of a new instance' })
  readonly id!: string;

  @ApiProperty({ example: 'Debian 12' })
  readonly name!: string;

  @ApiProperty({ example: 'With cloud-init' })
  readonly description!: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'debian',
    description: 'User account that receives `sshKeys`; null if the image does not define one',
  })
  readonly defaultUser!: string | null;

  @ApiProperty({
    enum: INSTANCE_TYPES,
    isArray: true,
    example: ['vm'],
    description: 'Types of instances that can currently start from it',
  })
  readonly types!: readonly InstanceType[];

  @ApiProperty({
    type: MinimalDto,
    description: 'Minimum size of the flavor; 0 means no minimum',
  })
  readonly minimal!: MinimalDto;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The snapshot that it was published from; null for an image of the catalog',
  })
  readonly snapshotId!: string | null;
}

export class ImageListDto {
  @ApiProperty({ type: [ImageDto] })
  readonly images!: readonly ImageDto[];

  @ApiPropertyOptional({ description: 'Present if there are more results; pass it as `pageToken`' })
  readonly nextPageToken?: string;
}

export class ListImagesQuery extends LimitQuery {
  @ApiPropertyOptional({ description: '`nextPageToken` of the previous page' })
  @IsOptional()
  @IsText({ min: 1, max: MAX_TOKEN })
  readonly pageToken?: string;
}
