import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { INSTANCE_TYPES, type InstanceType } from '../../../drivers/port/instance-type';
import { LimitQuery } from '../../../platform/http/validation/paging.dto';
import { IsText } from '../../../platform/http/validation/is-text';
import type { Minimal } from '../image';
import type { ImagePage, UsableImage } from '../images.service';

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

export class ImageDto {
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

export function toImageList({ images, nextPageToken }: ImagePage): ImageListDto {
  return { images: images.map(toImage), ...(nextPageToken !== undefined && { nextPageToken }) };
}

/** Leaves out the sources and the tenants. */
function toImage({ id, name, description, defaultUser, types, minimal }: UsableImage): ImageDto {
  return { id, name, description, defaultUser, types, minimal };
}
